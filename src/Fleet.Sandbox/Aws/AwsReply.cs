using System.Security;
using System.Text;
using System.Text.Json;
using Fleet.Sandbox.Aws.Iam;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Sandbox.Aws;

/// <summary>An answer as it goes over the wire.</summary>
internal sealed record AwsReply(int Status, string ContentType, byte[] Body)
{
    /// <summary>A refusal in the error document of the service's protocol.</summary>
    public static AwsReply Refusal(AwsService service, CallRefusedException refusal, string requestId)
    {
        var (code, message) = (SecurityElement.Escape(refusal.Code), SecurityElement.Escape(refusal.Message));
        return service switch
        {
            AwsService.Ssm or AwsService.Kms => new AwsReply(refusal.Status, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["__type"] = refusal.Code, ["message"] = refusal.Message })),
            AwsService.Ec2 => Xml(refusal.Status, $"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>{requestId}</RequestID></Response>"),
            _ => Xml(refusal.Status, $"<ErrorResponse><Error><Type>{(refusal.Status < 500 ? "Sender" : "Receiver")}</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>{requestId}</RequestId></ErrorResponse>"),
        };
    }

    /// <summary>Answer of STS GetCallerIdentity.</summary>
    public static AwsReply Identity(CallerIdentity identity, string requestId) => Xml(200,
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
        + $"<Arn>{SecurityElement.Escape(identity.Arn)}</Arn><UserId>{SecurityElement.Escape(identity.UserId)}</UserId><Account>{identity.Account}</Account>"
        + $"</GetCallerIdentityResult><ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>");

    /// <summary>Answer of STS AssumeRole.</summary>
    public static AwsReply Assumed(IamSession session, string arn, string requestId) => Xml(200,
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
        + $"<AccessKeyId>{session.AccessKeyId}</AccessKeyId><SecretAccessKey>{session.SecretAccessKey}</SecretAccessKey><SessionToken>{session.Token}</SessionToken>"
        + $"<Expiration>{session.Expires.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials>"
        + $"<AssumedRoleUser><AssumedRoleId>AROA{session.Role.Name}:{SecurityElement.Escape(session.Name)}</AssumedRoleId><Arn>{SecurityElement.Escape(arn)}</Arn></AssumedRoleUser>"
        + $"</AssumeRoleResult><ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></AssumeRoleResponse>");

    private static AwsReply Xml(int status, string text) => new(status, "text/xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text));
}
