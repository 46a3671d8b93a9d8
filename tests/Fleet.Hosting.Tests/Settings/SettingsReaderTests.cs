using System.Net;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Hosting.Settings;

namespace Fleet.Hosting.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-settings-");
    private readonly List<InputError> _errors = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Everything_that_can_be_settled_is_read()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "prod.kubeconfig"), "{}");
        File.WriteAllText(Path.Combine(_folder.FullName, "hook.secret"), "first\n");
        var settings = Read(
            """
            apiVersion: fleet/v1
            kind: Service
            kubeconfigs:
              prod: prod.kubeconfig
            secrets:
              hook: {file: hook.secret}
              other: {env: OTHER}
            outgoing:
              allow: [10.20.0.0/16, 192.168.1.9, hooks.Corp.example]
              plainHttp: [hooks.corp.example]
            retention: {journal: 90d, audit: 400d}
            limits: {caller: 30, address: 10, following: 5}
            audit:
              webhook: {url: "https://log.corp.example/fleet", secret: hook}
              bucket: {name: corp-audit, prefix: fleet/prod, region: eu-central-1, kmsKey: alias/audit, endpoint: "http://127.0.0.1:5000"}
            """).ShouldNotBeNull(string.Join("\n", _errors));

        settings.Kubeconfigs["prod"].ShouldBe(Path.Combine(_folder.FullName, "prod.kubeconfig"));
        settings.Secrets.Read("hook").ShouldBe("first");
        settings.Secrets.Read("other").ShouldBe("of the environment");
        settings.Outgoing.Networks.ShouldBe([IPNetwork.Parse("10.20.0.0/16"), IPNetwork.Parse("192.168.1.9/32")]);
        settings.Outgoing.Hosts.ShouldBe(["hooks.corp.example"]);
        settings.Outgoing.PlainHttp.ShouldBe(["hooks.corp.example"]);
        settings.JournalRetention.ShouldBe(TimeSpan.FromDays(90));
        settings.AuditRetention.ShouldBe(TimeSpan.FromDays(400));
        settings.Limits.ShouldBe(new RequestLimits { Caller = 30, Address = 10, Following = 5 });
        settings.AuditWebhook.ShouldBe(new AuditWebhook(new Uri("https://log.corp.example/fleet"), "hook"));
        settings.AuditBucket.ShouldBe(new AuditBucket("corp-audit", "fleet/prod", "eu-central-1", "alias/audit", new Uri("http://127.0.0.1:5000")));

        File.WriteAllText(Path.Combine(_folder.FullName, "hook.secret"), "second");
        settings.Secrets.Read("hook").ShouldBe("second", "a secret is rolled without a restart");
    }

    [Theory]
    [InlineData("{region: eu-central-1}", "name")]
    [InlineData("{name: corp-audit}", "region")]
    [InlineData("{name: Corp_Audit, region: eu-central-1}", "lower-case letters")]
    [InlineData("{name: corp-audit, region: frankfurt}", "an AWS region")]
    [InlineData("{name: corp-audit, region: eu-central-1, prefix: /fleet}", "first and last no slash")]
    [InlineData("{name: corp-audit, region: eu-central-1, kmsKey: 'my key'}", "a KMS key's ARN")]
    [InlineData("{name: corp-audit, region: eu-central-1, endpoint: 'https://ada:secret@s3.example'}", "without credentials")]
    public void A_bucket_that_cannot_be_is_refused(string bucket, string why)
    {
        Read($"{{apiVersion: fleet/v1, kind: Service, audit: {{bucket: {bucket}}}}}").ShouldBeNull();
        var error = _errors.ShouldHaveSingleItem();
        error.Field.ShouldStartWith("audit.bucket");
        error.Message.ShouldContain(why);
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void Little_is_needed() => Read("{apiVersion: fleet/v1, kind: Service}").ShouldNotBeNull().Limits.ShouldBe(new RequestLimits());

    [Fact]
    public void Everything_that_cannot_work_is_named_at_once_and_no_secret_with_it()
    {
        Read(
            """
            apiVersion: fleet/v1
            kind: Service
            kubeconfigs:
              prod: missing.kubeconfig
              Not_A_Name: x
            secrets:
              hook: {file: missing.secret}
              both: {file: missing.secret, env: OTHER}
              inline: {value: hunter2}
              unset: {env: NOT_SET}
            outgoing:
              allow: [10.0.0.0/40, "https://hooks.example"]
            retention: {journal: 0d, audits: 3d}
            limits: {caller: 0}
            audit:
              webhook: {url: "http://user:hunter2@log.example", secret: hok}
            more: 1
            """).ShouldBeNull();

        _errors.Select(error => error.Field).ShouldBe(
            [
                "kubeconfigs.prod", "kubeconfigs", "secrets.hook.file", "secrets.both", "secrets.both.file", "secrets.inline", "secrets.inline.value", "secrets.unset.env", "outgoing.allow", "outgoing.allow[1]",
                "retention.journal", "retention.audits", "limits.caller", "audit.webhook.url", "audit.webhook.secret", "more",
            ],
            ignoreOrder: true);
        _errors.ShouldAllBe(error => error.Line > 0);
        _errors.Select(error => error.Line).ShouldBeInOrder();
        string.Join("\n", _errors).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("a: [")]
    [InlineData("{apiVersion: fleet/v1, kind: Service}\n---\n{apiVersion: fleet/v1, kind: Service}")]
    public void What_is_not_one_document_is_refused(string text)
    {
        Read(text).ShouldBeNull();
        _errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_secret_that_is_gone_or_empty_says_its_name_and_place()
    {
        var path = Path.Combine(_folder.FullName, "hook.secret");
        File.WriteAllText(path, " \n");
        var secrets = new NamedSecrets(new Dictionary<string, SecretSource> { ["hook"] = new(path, null) }, _ => null);
        Should.Throw<SecretUnavailableException>(() => secrets.Read("hook")).Message.ShouldContain(path);
        File.Delete(path);
        Should.Throw<SecretUnavailableException>(() => secrets.Read("hook")).Message.ShouldContain("'hook'");
        Should.Throw<SecretUnavailableException>(() => secrets.Read("hok")).Message.ShouldContain("did you mean hook?");
    }

    [Fact]
    public void Notifications_are_read_with_whom_they_tell_of_what()
    {
        var settings = Read(
            """
            apiVersion: fleet/v1
            kind: Service
            secrets: {key: {env: OTHER}}
            notifications:
              pager: {type: webhook, url: "https://pager.corp.example/fleet", secret: key, events: [stuck, failed], clusters: [prod], pools: [workers]}
              chat: {type: slack, secret: key}
              cluster: {type: kubernetesEvent}
            """).ShouldNotBeNull(string.Join("\n", _errors));

        var pager = settings.Notifications.Single(one => one.Name == "pager");
        (pager.Kind, pager.Url, pager.Secret).ShouldBe((NotificationKind.Webhook, new Uri("https://pager.corp.example/fleet"), "key"));
        var news = new RunNews { Id = "r-1/1", Event = RunEvent.Stuck, At = default, Run = "r-1", Kind = "rotation", Cluster = "prod", Pool = "workers", Phase = RunPhase.Stopped };
        pager.Tells(news).ShouldBeTrue();
        pager.Tells(news with { Event = RunEvent.Done }).ShouldBeFalse();
        pager.Tells(news with { Cluster = "other" }).ShouldBeFalse();
        pager.Tells(news with { Pool = null }).ShouldBeFalse();
        foreach (var kind in Enum.GetValues<RunEvent>())
        {
            settings.Notifications.Count(one => one.Name != "pager" && one.Tells(news with { Event = kind })).ShouldBe(2);
        }
    }

    [Fact]
    public void Notifications_that_cannot_work_are_named_with_every_field()
    {
        Read(
            """
            apiVersion: fleet/v1
            kind: Service
            secrets: {key: {env: OTHER}}
            notifications:
              a: {type: pigeon}
              b: {type: webhook, url: "http://169.254.169.254/", secret: kye, events: [stuk]}
              c: {type: slack, url: "https://hooks.corp.example"}
              d: {type: kubernetesEvent, url: "https://hooks.corp.example", colour: red}
            """).ShouldBeNull();

        _errors.Select(error => error.Field).ShouldBe(
            ["notifications.a.type", "notifications.b.url", "notifications.b.secret", "notifications.b.events[0]", "notifications.c.url", "notifications.c.secret", "notifications.d.url", "notifications.d.colour"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/hook")]
    [InlineData("http://localhost:9000/hook")]
    [InlineData("http://[::1]:9000/hook")]
    public void Addresses_of_this_machine_may_be_given_where_loopback_is_open(string url)
    {
        var text = $$$"""
            apiVersion: fleet/v1
            kind: Service
            secrets: {key: {env: OTHER}}
            audit:
              webhook: {url: "{{{url}}}", secret: key}
            notifications:
              a: {type: webhook, url: "{{{url}}}", secret: key}
            """;
        Read(text).ShouldBeNull();
        _errors.Select(error => error.Field).ShouldBe(["audit.webhook.url", "notifications.a.url"]);
        _errors.Clear();

        var settings = Read(text, loopback: true).ShouldNotBeNull(string.Join("\n", _errors));
        settings.Outgoing.Loopback.ShouldBeTrue();
        settings.Notifications.ShouldHaveSingleItem().Url.ShouldBe(new Uri(url));
        Read(text.Replace(new Uri(url).Authority, "10.1.2.3", StringComparison.Ordinal), loopback: true).ShouldBeNull("other private addresses stay closed");
    }

    private ServiceSettings? Read(string text, bool loopback = false)
    {
        var path = Path.Combine(_folder.FullName, "service.yaml");
        File.WriteAllText(path, text);
        return SettingsReader.Read(path, name => name == "OTHER" ? "of the environment" : null, loopback, _errors);
    }
}
