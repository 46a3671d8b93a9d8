using System.Text.Json.Nodes;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Backends;

/// <summary>Problem details of a server (RFC 9457) as the errors of a command.</summary>
internal static class ServerProblem
{
    /// <summary>The refusal that an answer stands for.</summary>
    /// <param name="target">The server.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="problem">The problem; null where the answer had none.</param>
    public static RefusedException Of(ServerTarget target, int status, JsonNode? problem)
    {
        var (code, detail) = ((string?)problem?["code"] ?? "refused", (string?)problem?["detail"] ?? $"{target.Name} answers {status}; is a Fleet there?");
        if (status == 401)
        {
            return RefusedException.Because(code, "FLEET_TOKEN", null, null, $"{target.Name}: {detail}; 'fleet login {target.Name}' signs in");
        }

        var errors = (problem?["errors"] as JsonArray ?? []).Select(error => InputError.Argument(
            (string?)error!["code"] ?? code, (string?)error["field"] ?? "", (string?)error["value"], (string?)error["allowed"], (string?)error["message"] ?? detail)).ToList();
        return errors.Count > 0 ? new RefusedException(errors) : RefusedException.Because(code, "--server", target.Name, null, detail);
    }
}
