using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>SecureStrings over the wire.</summary>
internal sealed class AwsJoinParameters(IAmazonSimpleSystemsManagement client, IInstances caller, AwsCalls calls) : IJoinParameters
{
    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => caller.AccountAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetParameterRequest { Name = name, WithDecryption = true };
            return (await calls.MakeAsync("ssm:GetParameter", () => client.GetParameterAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false)).Parameter?.Value;
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task WriteAsync(string name, string value, string? kmsKey, string description, CancellationToken cancellationToken)
    {
        var request = new PutParameterRequest { Name = name, Value = value, Type = ParameterType.SecureString, KeyId = kmsKey, Description = description, Overwrite = true };
        return calls.MakeAsync("ssm:PutParameter", () => client.PutParameterAsync(request, cancellationToken), cancellationToken);
    }
}
