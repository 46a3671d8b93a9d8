using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Calls;

namespace Fleet.Sandbox.Aws.Iam;

/// <summary>The sandbox's roles and who has assumed them. Long-lived keys belong to an administrator; what a role's session calls is held to the role's policy.</summary>
internal sealed class IamAccount(World world, IReadOnlyList<IamRole> roles, TimeProvider wall)
{
    private readonly ConcurrentDictionary<string, IamSession> _sessions = [];

    /// <summary>The session of an access key; null for a long-lived one.</summary>
    /// <exception cref="CallRefusedException">The session has ended, or its token is not the one that was given.</exception>
    public IamSession? Find(string accessKey, string token, AwsService service)
    {
        if (!_sessions.TryGetValue(accessKey, out var session))
        {
            return accessKey.StartsWith("ASIA", StringComparison.Ordinal) ? throw Unknown(service) : null;
        }

        return session.Token != token ? throw Unknown(service)
            : session.Expires <= wall.GetUtcNow() ? throw (service == AwsService.Ec2
                ? new CallRefusedException(400, "RequestExpired", "Request has expired.")
                : new CallRefusedException(403, "ExpiredToken", "The security token included in the request is expired"))
            : session;
    }

    /// <summary>STS AssumeRole.</summary>
    /// <exception cref="CallRefusedException">There is no such role, or its trust policy asks for another external id.</exception>
    public IamSession Assume(string caller, string arn, string name, string? externalId)
    {
        var call = new WorldCall(Api.Aws, caller, "AssumeRole", arn, Writes: false, name);
        return world.Calls.Make(call, () =>
        {
            var role = roles.FirstOrDefault(role => ArnOf(role) == arn);
            if (role is null || (role.ExternalId is { } asked && asked != externalId))
            {
                throw new CallRefusedException(403, "AccessDenied", $"User: arn:aws:iam::{world.Cloud.Account}:user/{caller} is not authorized to perform: sts:AssumeRole on resource: {arn}");
            }

            var session = new IamSession(
                role, name, $"ASIA{RandomNumberGenerator.GetHexString(16)}", RandomNumberGenerator.GetHexString(40), RandomNumberGenerator.GetHexString(64), wall.GetUtcNow() + role.Session);
            return _sessions[session.AccessKeyId] = session;
        });
    }

    /// <summary>Asks the role's policy for all that a call needs.</summary>
    /// <exception cref="CallRefusedException">The policy does not allow it; the refusal is in the log.</exception>
    public void Authorize(IamSession session, AwsService service, string operation, JsonObject request, string region)
    {
        IamRequest? lacking;
        lock (world.Gate)
        {
            lacking = new IamNeeds(world, region).Of(service, operation, request).FirstOrDefault(need => !session.Role.Policy.Allows(need));
        }

        if (lacking is not null)
        {
            var message = $"User: {ArnOf(session)} is not authorized to perform: {lacking.Action} on resource: {lacking.Resource} because no identity-based policy allows the {lacking.Action} action";
            var call = new WorldCall(Api.Aws, CallerOf(session), operation, lacking.Resource, Writes: false, lacking.Action);
            world.Calls.Make<bool>(call, () => throw (service switch
            {
                AwsService.Ec2 => new CallRefusedException(403, "UnauthorizedOperation", $"You are not authorized to perform this operation. {message}"),
                AwsService.Ssm or AwsService.Kms => new CallRefusedException(400, "AccessDeniedException", message),
                _ => new CallRefusedException(403, "AccessDenied", message),
            }));
        }
    }

    /// <summary>How the world's log names a session.</summary>
    public static string CallerOf(IamSession session) => $"role/{session.Role.Name}";

    /// <summary>ARN of a session, as GetCallerIdentity tells it.</summary>
    public string ArnOf(IamSession session) => $"arn:aws:sts::{world.Cloud.Account}:assumed-role/{session.Role.Name}/{session.Name}";

    private string ArnOf(IamRole role) => $"arn:aws:iam::{world.Cloud.Account}:role/{role.Name}";

    private static CallRefusedException Unknown(AwsService service) => service == AwsService.Ec2
        ? new CallRefusedException(401, "AuthFailure", "AWS was not able to validate the provided access credentials")
        : new CallRefusedException(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
}
