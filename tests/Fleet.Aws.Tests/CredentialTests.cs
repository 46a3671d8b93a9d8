using Fleet.Core.Rotations;

namespace Fleet.Aws.Tests;

public sealed class CredentialTests
{
    [Fact]
    public async Task An_endpoint_that_nobody_serves_is_unreachable()
    {
        using var account = new AwsAccount(Options(new Uri("http://127.0.0.1:9")), TimeProvider.System);

        var refused = await Should.ThrowAsync<CloudRefusedException>(() => account.Instances.AccountAsync(CancellationToken.None));
        (refused.Code, refused.Action).ShouldBe(("unreachable", "sts:GetCallerIdentity"));
    }

    [Theory]
    [InlineData("ExpiredToken")]
    [InlineData("InvalidClientTokenId")]
    [InlineData("SignatureDoesNotMatch")]
    public async Task Credentials_that_AWS_does_not_accept_are_unauthorized_and_the_secret_stays_out_of_the_text(string code)
    {
        using var account = new AwsAccount(Options(new Uri("http://127.0.0.1:9")) with { Transport = _ => new Refusal(code) }, TimeProvider.System);

        var refused = await Should.ThrowAsync<CloudRefusedException>(() => account.Groups.DescribeAsync(["workers"], CancellationToken.None));
        refused.Code.ShouldBe("unauthorized");
        refused.ToString().ShouldNotContain("not-a-secret");
    }

    private static AwsOptions Options(Uri endpoint) => new() { Region = "eu-central-1", Endpoint = endpoint, AccessKeyId = "fleet", SecretAccessKey = "not-a-secret", Retries = 0 };

    private sealed class Refusal(string code) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden)
        {
            RequestMessage = request,
            Content = new StringContent($"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>", System.Text.Encoding.UTF8, "text/xml"),
        });
    }
}
