using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleanPortfolio.Api.Tests.Browser;

/// <summary>A test that runs nginx: skipped where there is none, never on a build server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxTheoryAttribute : TheoryAttribute
{
    public NginxTheoryAttribute()
    {
        if (Nginx.Program is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "nginx is not installed: nothing is tried through it.";
    }
}

/// <summary>A real nginx on this machine that ends TLS and hands everything on, as it is and below /portfolio too.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Nginx(Process process, DirectoryInfo folder, HttpClient http) => (_process, _folder, Http) = (process, folder, http);

    /// <summary>Where it is; null if it is not installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "nginx"))
            .FirstOrDefault(File.Exists);

    /// <summary>Calls through it.</summary>
    public HttpClient Http { get; }

    public static async Task<Nginx> Before(Uri service)
    {
        var folder = Directory.CreateTempSubdirectory("cleanportfolio-nginx-");
        var port = FreePort();
        using var certificate = NewCertificate();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "key.pem"),
            certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()
        );
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), Configuration(port, service));
        var start = new ProcessStartInfo(
            Program ?? throw new FileNotFoundException("nginx is not installed."),
            ["-p", folder.FullName, "-c", "nginx.conf", "-e", "error.log"]
        );
        // It looks at no certificate but the one that was just made.
        var http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost" },
            }
        )
        {
            BaseAddress = new Uri($"https://localhost:{port}"),
        };
        var nginx = new Nginx(Process.Start(start)!, folder, http);
        await nginx.IsThere();
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task IsThere()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/health/live", UriKind.Relative), limit.Token);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    // One process: nobody else's rights, nothing outside of the folder.
    private static string Configuration(int port, Uri service)
    {
        var temporary = string.Concat(
            new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $"{name}_temp_path {name};\n")
        );
        const string Headers = """
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            """;
        return $$"""
            daemon off; master_process off; pid pid;
            events {}
            http {
                access_log off;
                {{temporary}}
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    ssl_certificate cert.pem;
                    ssl_certificate_key key.pem;
                    location / { proxy_pass {{service.GetLeftPart(UriPartial.Authority)}}; {{Headers}} }
                    location /portfolio/ {
                        proxy_pass {{service.GetLeftPart(UriPartial.Authority)}}/;
                        proxy_set_header X-Forwarded-Prefix /portfolio;
                        {{Headers}}
                    }
                }
            }
            """;
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
