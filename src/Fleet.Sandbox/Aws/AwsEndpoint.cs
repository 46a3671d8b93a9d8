using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Aws.Iam;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Aws;

/// <summary>
/// Serves a world's AWS half on one address: EC2, Auto Scaling and STS in their query protocols, SSM and KMS in JSON 1.1, told apart by API version and target.
/// The caller is the access key of the request's signature; signatures themselves are not checked. A time-out among the world's faults ends the connection without an answer.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="roles">Roles that may be assumed; what is called with them is held to their policies.</param>
/// <param name="wall">The wall clock, by which credentials end.</param>
public sealed class AwsEndpoint(World world, IReadOnlyList<IamRole> roles, TimeProvider wall)
{
    private static readonly AwsModel Ec2 = AwsModel.Load("ec2");
    private static readonly AwsModel AutoScaling = AwsModel.Load("autoscaling");
    private static readonly JsonModel Ssm = JsonModel.Load("ssm");
    private static readonly JsonModel Kms = JsonModel.Load("kms");

    private const string Credential = "Credential=";

    /// <summary>How requests to KMS begin their target.</summary>
    private const string KeyService = "TrentService.";

    private readonly IamAccount _iam = new(world, roles, wall);
    private long _requests;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        var requestId = new Guid(world.Chance.Seed, 2, 0x4000, BitConverter.GetBytes(Interlocked.Increment(ref _requests))).ToString();
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var form = target.Length > 0 ? [] : FormOf(body);
        var service = target.StartsWith(KeyService, StringComparison.Ordinal) ? AwsService.Kms : target.Length > 0 ? AwsService.Ssm : ServiceOf(form.GetValueOrDefault("Version"));
        var key = KeyOf(context.Request.Headers.Authorization.ToString());
        var region = RegionOf(context.Request.Headers.Authorization.ToString()) ?? world.Cloud.Region;
        var caller = key;
        AwsReply? reply;
        try
        {
            var session = key is null ? throw NoCredentials(service) : _iam.Find(key, context.Request.Headers["X-Amz-Security-Token"].ToString(), service);
            caller = session is null ? key : IamAccount.CallerOf(session);
            reply = service switch
            {
                AwsService.Ssm or AwsService.Kms => AnswerJson(service, target, body, region, caller, session),
                AwsService.Sts => AnswerTokens(form, caller, session, requestId),
                _ => AnswerQuery(service, form, region, caller, session, requestId),
            };
        }
        catch (CallRefusedException refusal)
        {
            reply = AwsReply.Refusal(service, refusal, requestId);
        }
        catch (WorldFaultException fault)
        {
            reply = AwsFault.Of(fault, service, $"arn:aws:iam::{world.Cloud.Account}:user/{caller}") is { } refusal ? AwsReply.Refusal(service, refusal, requestId) : null;
        }

        if (reply is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static Dictionary<string, string> FormOf(string body) =>
        body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => Decode(pair[0]), pair => pair.Length > 1 ? Decode(pair[1]) : "");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static AwsService ServiceOf(string? version) => version switch
    {
        "2011-01-01" => AwsService.AutoScaling,
        "2011-06-15" => AwsService.Sts,
        _ => AwsService.Ec2,
    };

    private static string? KeyOf(string authorization)
    {
        var at = authorization.IndexOf(Credential, StringComparison.Ordinal);
        var key = at < 0 ? "" : authorization[(at + Credential.Length)..].Split('/')[0];
        return key.Length > 0 ? key : null;
    }

    /// <summary>The region that a request is signed for: KEY/DATE/REGION/SERVICE/aws4_request.</summary>
    private static string? RegionOf(string authorization)
    {
        var at = authorization.IndexOf(Credential, StringComparison.Ordinal);
        return at < 0 ? null : authorization[(at + Credential.Length)..].Split('/').ElementAtOrDefault(2);
    }

    private static CallRefusedException NoCredentials(AwsService service) => service == AwsService.Ec2
        ? new CallRefusedException(401, "AuthFailure", "AWS was not able to validate the provided access credentials")
        : new CallRefusedException(403, "MissingAuthenticationToken", "Missing Authentication Token");

    private AwsReply AnswerTokens(Dictionary<string, string> form, string caller, IamSession? session, string requestId)
    {
        switch (form.GetValueOrDefault("Action"))
        {
            case "GetCallerIdentity":
                var identity = new CloudApi(world, caller).GetCallerIdentity();
                return AwsReply.Identity(session is null ? identity : identity with { Arn = _iam.ArnOf(session), UserId = $"AROA{session.Role.Name}:{session.Name}" }, requestId);
            case "AssumeRole":
                var assumed = _iam.Assume(caller, form.GetValueOrDefault("RoleArn") ?? "", form.GetValueOrDefault("RoleSessionName") ?? "", form.GetValueOrDefault("ExternalId"));
                return AwsReply.Assumed(assumed, _iam.ArnOf(assumed), requestId);
            default:
                throw Unknown(form.GetValueOrDefault("Action") ?? "");
        }
    }

    private AwsReply AnswerQuery(AwsService service, Dictionary<string, string> form, string region, string caller, IamSession? session, string requestId)
    {
        var action = form.GetValueOrDefault("Action") ?? "";
        var model = service == AwsService.Ec2 ? Ec2 : AutoScaling;
        var actions = service == AwsService.Ec2 ? Ec2Actions.All : AutoScalingActions.All;
        var act = actions.GetValueOrDefault(action) ?? throw Unknown(action);
        var request = new QueryReader(model, form).Read(action);
        if (session is not null)
        {
            _iam.Authorize(session, service, action, request, region);
        }

        var api = new CloudApi(world, caller) { Region = region, DryRun = request.Flag("DryRun") ?? false };

        // One lock over verb and rendering, so that an answer never mixes two instants of the world.
        lock (world.Gate)
        {
            return new AwsReply(200, "text/xml", XmlAnswer.Write(model, action, act(api, world, request), requestId));
        }
    }

    private AwsReply AnswerJson(AwsService service, string target, string body, string region, string caller, IamSession? session)
    {
        var operation = target.Split('.')[^1];
        var (model, actions) = service == AwsService.Kms ? (Kms, KmsActions.All) : (Ssm, SsmActions.All);
        var act = actions.GetValueOrDefault(operation) ?? throw new CallRefusedException(400, "UnknownOperationException", $"The operation {operation} is not known.");
        var request = JsonNode.Parse(body.Length == 0 ? "{}" : body)?.AsObject() ?? [];
        model.CheckRequest(operation, request);
        if (session is not null)
        {
            _iam.Authorize(session, service, operation, request, region);
        }

        lock (world.Gate)
        {
            var answer = act(new CloudApi(world, caller) { Region = region }, world, request);
            model.CheckAnswer(operation, answer);
            return new AwsReply(200, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(answer));
        }
    }

    private static CallRefusedException Unknown(string action) => new(400, "InvalidAction", $"The action {action} is not valid for this web service.");
}
