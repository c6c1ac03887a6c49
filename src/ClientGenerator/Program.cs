using System.Text.Json;
using CleanPortfolio.ClientGenerator;

if (args is not [var contract, var folder])
{
    Console.Error.WriteLine("Usage: ClientGenerator openapi.json FOLDER: writes the C# client's types and interfaces there.");
    return 2;
}
using var document = JsonDocument.Parse(File.ReadAllBytes(contract));
var read = new Contract(document.RootElement);
Directory.CreateDirectory(folder);
Write("Types.g.cs", TypeWriter.Write(read));
Write("Interfaces.g.cs", InterfaceWriter.Write(read));
Write("Client.g.cs", ClientWriter.Write(read));
return 0;

void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
