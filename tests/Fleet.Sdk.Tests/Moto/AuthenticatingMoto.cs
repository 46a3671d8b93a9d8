using System.Text;
using System.Text.Json;
using Fleet.Sdk.Tests.Wire;

namespace Fleet.Sdk.Tests.Moto;

/// <summary>moto that checks every request: one caller may do everything, another nothing.</summary>
public sealed class AuthenticatingMoto : IAsyncLifetime
{
    private const string Everything = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""";

    public MotoServer Server { get; } = new();

    public string AdministratorKey { get; private set; } = "";

    public string AdministratorSecret { get; private set; } = "";

    public string NobodyKey { get; private set; } = "";

    public string NobodySecret { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        (AdministratorKey, AdministratorSecret) = await CreateUserAsync("administrator");
        await new AwsCli(Server.Url).RunAsync("iam", "put-user-policy", "--user-name", "administrator", "--policy-name", "all", "--policy-document", Everything);
        (NobodyKey, NobodySecret) = await CreateUserAsync("nobody");
        using var http = new HttpClient();
        using var zero = new StringContent("0", Encoding.UTF8, "text/plain");
        using var answer = await http.PostAsync(new Uri(Server.Url + "/moto-api/reset-auth"), zero);
        answer.EnsureSuccessStatusCode();
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    private async Task<(string Key, string Secret)> CreateUserAsync(string name)
    {
        await new AwsCli(Server.Url).RunAsync("iam", "create-user", "--user-name", name);
        using var created = JsonDocument.Parse(await new AwsCli(Server.Url).RunAsync("iam", "create-access-key", "--user-name", name));
        var key = created.RootElement.GetProperty("AccessKey");
        return (key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
    }
}
