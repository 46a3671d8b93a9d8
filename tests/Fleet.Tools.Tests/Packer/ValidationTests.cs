using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Tools.Packer;

namespace Fleet.Tools.Tests.Packer;

/// <summary>What Debian's packer refuses, and what Fleet refuses before it.</summary>
public sealed class ValidationTests : IDisposable
{
    private const string Good = """
        variable "recipe" {}
        variable "image_version" {}
        variable "run" {}
        variable "ami_name" {}
        variable "tags" { type = map(string) }
        variable "manifest" {}
        variable "region" {}
        variable "ec2_endpoint" {}
        variable "arch" {}
        variable "kms_key_id" {}
        variable "source_ami" {}
        variable "kubernetes_version" {}
        variable "root_volume_size" { type = number }
        variable "containerd" { type = object({ version = string, sha256 = string }) }
        source "null" "worker" { communicator = "none" }
        build { sources = ["source.null.worker"] }

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_template_that_takes_what_Fleet_gives_passes() => (await ErrorsAsync(Good)).ShouldBeEmpty();

    [Fact]
    public async Task What_packer_refuses_comes_with_its_message_file_and_line()
    {
        var error = (await ErrorsAsync(Good + "source \"null\" \"other\" {\n  colour = \"red\"\n}\nbuild { sources = [\"source.null.other\"] }\n")).ShouldHaveSingleItem();

        error.Message.ShouldStartWith("packer refuses worker.pkr.hcl, line ");
        error.Message.ShouldContain("colour");
        error.Field.ShouldBe("spec.template");
    }

    [Fact]
    public async Task A_variable_that_is_missing_is_named() => (await ErrorsAsync(Good + "variable \"subnet\" {}\n")).ShouldContain(error => error.Message.Contains("subnet"));

    [Fact]
    public async Task Commands_on_Fleets_own_machine_are_refused_unless_an_admin_trusts_the_template()
    {
        const string Local = Good + "build {\n  sources = [\"source.null.worker\"]\n  provisioner \"shell-local\" { inline = [\"true\"] }\n}\n";

        var error = (await ErrorsAsync(Local)).ShouldHaveSingleItem();
        error.Message.ShouldBe("worker.pkr.hcl, line 19, names shell-local, which runs commands on Fleet's own machine; an admin can trust the template in the server's settings");
        (await ErrorsAsync(Local, trusted: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_values_of_its_variables_are_told_with_those_of_files_and_defaults()
    {
        _folder.Write("template/worker.pkr.hcl", Good + "variable \"revision\" {\n  default = \"1.1\"\n}\nvariable \"repository\" {\n  type = object({ url = string })\n}\nvariable \"size\" {\n  default = 30\n}\nvariable \"note\" {\n  default = \"[not a list\"\n}\nvariable \"disks\" {\n  type = list(object({ name = string, sizes = list(number) }))\n}\nvariable \"subnet\" {}\n");
        _folder.Write("template/debian.pkrvars.hcl", "repository = { url = \"https://pkgs.example/a\\\" = \\\"b\" }\ndisks = [{ name = \"a,\", sizes = [1, 2] }, { name = \"b\", sizes = [] }]\n");
        var order = Orders.Of(Path.Combine(_folder.Path, "template")) with { VariableFiles = ["debian.pkrvars.hcl"] };

        var values = await new PackerBuilder(new PackerOptions(), TimeProvider.System).VariablesAsync(order, CancellationToken.None);

        (values["revision"], values["region"], values["size"]).ShouldBe(("\"1.1\"", $"\"{order.Region}\"", "\"30\""));
        ((string?)JsonNode.Parse(values["repository"])!["url"]).ShouldBe("https://pkgs.example/a\" = \"b");
        JsonNode.Parse(values["disks"])!.ToJsonString().ShouldBe("""[{"name":"a,","sizes":[1,2]},{"name":"b","sizes":[]}]""");
        values["note"].ShouldBe("\"[not a list\"");
        values.Keys.ShouldNotContain("subnet");
        (await new PackerBuilder(new PackerOptions { Program = "no-such-packer" }, TimeProvider.System).VariablesAsync(order, CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<InputError>> ErrorsAsync(string template, bool trusted = false)
    {
        _folder.Write("template/worker.pkr.hcl", template);
        return await new PackerBuilder(new PackerOptions(), TimeProvider.System).ValidateAsync(Orders.Of(Path.Combine(_folder.Path, "template")) with { Trusted = trusted }, CancellationToken.None);
    }
}
