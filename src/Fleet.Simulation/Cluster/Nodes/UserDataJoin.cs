using System.Text;
using Fleet.Core.Joining;
using Fleet.Core.Templates;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>How a machine joins whose user data is Fleet's (<c>templates/worker/user-data.sh</c>): by the token that its parameter has when it asks. Other user data joins by means of its own.</summary>
public static class UserDataJoin
{
    /// <summary>Who asks for the parameter: the role of the nodes' instance profile, for the log and for fault rules.</summary>
    public const string Caller = "node";

    /// <summary>How long it tries, as the script does.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromDays(30);

    /// <summary>The pause between two tries, as the script's longest ones are on average.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(90);

    /// <summary>Whether a machine that tries now joins.</summary>
    internal static bool Succeeds(World world, Instance instance)
    {
        if (ParameterOf(world.Cloud, instance) is not { } parameter)
        {
            return true;
        }

        try
        {
            return JoinDocument.Read(new CloudApi(world, Caller).GetParameter(parameter).Value) is { } told && told.Token.Expires > world.Now && Takes(world, told.Token);
        }
        catch (Exception refused) when (refused is CallRefusedException or WorldFaultException)
        {
            return false;
        }
    }

    /// <summary>Whether the cluster lets in who has this token (Kubernetes, "Authenticating with Bootstrap Tokens").</summary>
    private static bool Takes(World world, BootstrapToken token) =>
        world.Cluster.Table(BootstrapSecret.Resource).Find(BootstrapSecret.KeyOf(token.Id)) is OpaqueObject secret && BootstrapSecret.Counts(secret)
        && BootstrapSecret.Text(secret, "token-secret") == token.Secret && BootstrapSecret.Text(secret, "usage-bootstrap-authentication") == "true" && BootstrapSecret.Ends(secret) > world.Now;

    private static string? ParameterOf(CloudState cloud, Instance instance) =>
        cloud.Templates.GetValueOrDefault(instance.TemplateId)?.Versions.GetValueOrDefault(instance.TemplateVersion)?.Data["UserData"] is { } data
            ? WorkerUserData.ParameterOf(Encoding.UTF8.GetString(Convert.FromBase64String(data.GetValue<string>())))
            : null;
}
