namespace CleanPortfolio.Architecture.Tests.Finding;

/// <summary>A text file of the checkout.</summary>
/// <param name="Path">Relative to its root, with slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Folders = ["src", "tests", "docs", ".github", ".ci"];
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "dist", "TestResults", "BenchmarkDotNet.Artifacts"];

    private static readonly string[] Extensions = [".cs", ".csproj", ".props", ".json", ".md", ".http", ".ts", ".yml", ".yaml", ".sh", ""];

    public static string Root { get; } = RootOf(new DirectoryInfo(AppContext.BaseDirectory)).FullName;

    /// <summary>Those that people write, and what is generated into the repository.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [.. FilesOf(Root).Concat(Folders.SelectMany(folder => Below(System.IO.Path.Combine(Root, folder)))).Select(Read)];

    public static IEnumerable<SourceFile> Of(string folder, string extension = ".cs") =>
        All.Where(file =>
            file.Path.StartsWith($"{folder}/", StringComparison.Ordinal) && file.Path.EndsWith(extension, StringComparison.Ordinal)
        );

    public int Lines => Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    private static IEnumerable<string> Below(string folder) =>
        !Directory.Exists(folder)
            ? []
            : FilesOf(folder)
                .Concat(
                    Directory
                        .EnumerateDirectories(folder)
                        .Where(inner => !NotOurs.Contains(System.IO.Path.GetFileName(inner)))
                        .SelectMany(Below)
                );

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(System.IO.Path.GetExtension(file)));

    private static SourceFile Read(string path) =>
        new(System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static DirectoryInfo RootOf(DirectoryInfo folder) =>
        File.Exists(System.IO.Path.Combine(folder.FullName, "CleanPortfolio.sln")) ? folder : RootOf(folder.Parent!);
}
