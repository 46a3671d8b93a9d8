using System.Text;

namespace Fleet.Sandbox.Host;

/// <summary>Writes the kubeconfig, readable by its owner alone since it bears the token.</summary>
internal static class Kubeconfig
{
    public static async Task WriteAsync(string path, Uri server, string authorityPem, string user, string token, CancellationToken cancellationToken)
    {
        var text = $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: sandbox
              cluster:
                server: {server.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem))}
            users:
            - name: {user}
              user:
                token: {token}
            contexts:
            - name: sandbox
              context:
                cluster: sandbox
                user: {user}
            current-context: sandbox

            """;
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        }
    }
}
