using System.Text.Json.Nodes;
using Fleet.Core.Access;

namespace Fleet.Cli.Tests;

public sealed class AccessOnStoreTests() : AccessTests(onServer: false);

public sealed class AccessOnServerTests() : AccessTests(onServer: true);


public abstract class AccessTests(bool onServer) : OnBackend(onServer)
{
    [Fact]
    public async Task A_key_is_printed_once_alone_and_then_only_named()
    {
        var made = await Shell.RunAsync("fleet keys create pipeline --role operator:prod --role viewer --expires-in 24h");
        var listed = await Shell.RunAsync("fleet keys list -o json");

        made.ExitCode.ShouldBe(0, made.Error);
        var text = made.Output.Trim();
        var key = JsonNode.Parse(listed.Output)!["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)key["id"]!).ShouldBe(ApiKeys.IdOf(text));
        key["roles"]!.AsArray().Select(role => (string)role!).ShouldBe(["operator:prod", "viewer"]);
        listed.Output.ShouldNotContain(text.Split('_', 3)[2]);
        made.Error.ShouldNotContain(text);

        (await Shell.RunAsync($"fleet keys revoke {(string)key["id"]!}")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet keys list")).Output.ShouldContain("2026");
    }

    [Fact]
    public async Task A_key_is_a_persons_from_the_start_or_when_it_is_said_so_and_nobody_elses_then()
    {
        (await Shell.RunAsync("fleet keys create laptop --role operator --person ada")).Error.ShouldNotContain("Nobody knows");
        var nobodys = await Shell.RunAsync("fleet keys create old --role operator");
        nobodys.Error.ShouldContain("fleet keys assign");
        var id = ApiKeys.IdOf(nobodys.Output.Trim())!;

        (await Shell.RunAsync($"fleet keys assign {id} --person ben")).Error.ShouldContain($"Key {id} (old) is ben's");
        var refused = await Shell.RunAsync($"fleet keys assign {id} --person ada");
        (refused.ExitCode, refused.Error.Contains($"key '{id}' is ben's")).ShouldBe((2, true), refused.Error);
        var listed = JsonNode.Parse((await Shell.RunAsync("fleet keys list -o json")).Output)!["items"]!.AsArray();
        listed.Select(key => $"{key!["name"]} {key["person"]}").ShouldBe(["laptop ada", "old ben"], ignoreOrder: true);
        (await Shell.RunAsync("fleet keys list")).Output.ShouldContain("PERSON");
    }

    [Theory]
    [InlineData("fleet keys assign nobody --person ada", "there is no key 'nobody'", "fleet keys list")]
    [InlineData("fleet keys create ci --role emperor --expires-in 9000h", "emperor", "8784h")]
    [InlineData("fleet keys revoke nobody", "there is no key 'nobody'", "fleet keys list")]
    [InlineData("fleet serve --issuer http://issuer.example --audience fleet", "http://issuer.example", "an https address")]
    [InlineData("fleet serve --issuer https://issuer.example", "--issuer and --audience go together", "")]
    [InlineData("fleet serve --listen http://0.0.0.0:7070", "without sign-in", "127.0.0.1")]
    public async Task Bad_input_is_refused(string line, string what, string allowed)
    {
        var ran = await Shell.RunAsync(line);
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(what);
        ran.Error.ShouldContain(allowed);
    }

    [Fact]
    public async Task A_rewritten_audit_log_is_found_out()
    {
        var entry = new AuditEntry { At = DateTimeOffset.UnixEpoch, Caller = "key ci", Source = "10.0.0.7", Action = "PUT /v1/clusters/prod", Outcome = "200" };
        var last = entry;
        for (var number = 0; number < 3; number++)
        {
            last = await Shell.AuditAsync(entry);
        }

        var sound = await Shell.RunAsync($"fleet audit verify --told {last.Sequence}:{last.Hash}");
        sound.ExitCode.ShouldBe(0, sound.Error);
        sound.Output.ShouldContain($"the head is 3:{last.Hash}");
        (await Shell.RunAsync("fleet audit list")).Output.ShouldContain("PUT /v1/clusters/prod");

        var rewritten = await Shell.RunAsync($"fleet audit verify --told 3:{AuditChain.Root}");
        rewritten.ExitCode.ShouldBe(1);
        rewritten.Error.ShouldContain("was written anew");

        var heads = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Shell.StatePath)!, "heads", "2026", "11")).FullName;
        var path = Path.Combine(heads, "15-00-00-3.json");
        await File.WriteAllTextAsync(path, AuditHead.Document(last));
        var against = await Shell.RunAsync(["audit", "verify", "--against", Path.GetDirectoryName(heads)!], "");
        against.ExitCode.ShouldBe(0, against.Error);
        against.Output.ShouldContain("held to the head told before");
        (await Shell.RunAsync(["audit", "verify", "--against", "-"], $"{AuditHead.Document(last)}\n{AuditHead.Document(last with { Sequence = 2 })}")).Error.ShouldContain("it has no entry 2:");
        await File.WriteAllTextAsync(path, AuditHead.Document(last with { Hash = AuditChain.Root }));
        var other = await Shell.RunAsync(["audit", "verify", "--against", path], "");
        (other.ExitCode, other.Error.Contains("was written anew")).ShouldBe((1, true), other.Error);
        await File.WriteAllTextAsync(path, "{}");
        var nothing = await Shell.RunAsync(["audit", "verify", "--against", path], "");
        (nothing.ExitCode, nothing.Error.Contains("audit-head")).ShouldBe((2, true), nothing.Error);

        await Shell.TamperAsync("UPDATE audit SET caller = 'ada' WHERE sequence = 2");
        var broken = await Shell.RunAsync("fleet audit verify");
        broken.ExitCode.ShouldBe(1);
        broken.Error.ShouldContain("entry 2 ");
        await Shell.TamperAsync("DELETE FROM audit WHERE sequence = 1");
        (await Shell.RunAsync("fleet audit verify")).ExitCode.ShouldBe(1);
    }
}
