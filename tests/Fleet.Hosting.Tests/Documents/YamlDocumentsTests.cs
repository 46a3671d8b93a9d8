using System.Collections.Immutable;
using Fleet.Core.Inventory.Documents;
using Fleet.Hosting.Documents;

namespace Fleet.Hosting.Tests.Documents;

public sealed class YamlDocumentsTests
{
    [Fact]
    public void Every_node_has_its_line_and_column()
    {
        var document = Read("a: 1\nb:\n  - x\n  - {c: y}\n").ShouldHaveSingleItem();

        Reading.Found(document, "a").ShouldBe("1:4");
        var list = ((DocumentMap)document)["b"].ShouldBeOfType<DocumentList>();
        list.Items.Select(item => (item.Position.Line, item.Position.Column)).ShouldBe([(3, 5), (4, 5)]);
        ((DocumentMap)document).Entries[1].Position.ShouldBe(new Position("f.yaml", 2, 1));
        Reading.Found(list.Items[1], "c").ShouldBe("4:9");
    }

    [Fact]
    public void Several_documents_are_read_and_empty_ones_passed_over() =>
        Read("---\n# only a comment\n---\na: 1\n---\n---\na: 2\n").Length.ShouldBe(2);

    [Theory]
    [InlineData("v: text", "text", ScalarKind.Text)]
    [InlineData("v: \"10\"", "10", ScalarKind.Text)]
    [InlineData("v: !!str 10", "10", ScalarKind.Text)]
    [InlineData("v: 10", "10", ScalarKind.Number)]
    [InlineData("v: -1.5e3", "-1.5e3", ScalarKind.Number)]
    [InlineData("v: 012345678901", "012345678901", ScalarKind.Text)]
    [InlineData("v: 10%", "10%", ScalarKind.Text)]
    [InlineData("v: True", "true", ScalarKind.Boolean)]
    [InlineData("v: no", "no", ScalarKind.Text)]
    [InlineData("v: ~", "", ScalarKind.Null)]
    [InlineData("v:", "", ScalarKind.Null)]
    [InlineData("v: \"\"", "", ScalarKind.Text)]
    public void Scalars_are_typed_as_YAML_1_2_types_them(string text, string value, ScalarKind kind)
    {
        var scalar = ((DocumentMap)Read(text)[0])["v"].ShouldBeOfType<DocumentScalar>();

        (scalar.Text, scalar.Kind).ShouldBe((value, kind));
    }

    [Fact]
    public void An_alias_stands_for_what_it_names()
    {
        var map = (DocumentMap)Read("a: &x {k: v}\nb: *x\n")[0];

        DocumentJson.Write(map).ShouldBe("""{"a":{"k":"v"},"b":{"k":"v"}}""");
    }

    [Fact]
    public void Nested_aliases_that_mean_billions_are_refused()
    {
        var text = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghi".Select((name, i) => $"{name}: &{name} [{string.Join(',', Enumerable.Repeat("*" + "abcdefgh"[i], 9))}]\n"));

        YamlDocuments.Read(text, "f.yaml").Errors.ShouldHaveSingleItem().Message.ShouldContain("more than 200000 nodes");
    }

    [Theory]
    [InlineData("x: 1\na: ]", 2)]
    [InlineData("a: 1\n  b: 2", 2)]
    [InlineData("a: 1\nb: *nowhere", 2)]
    [InlineData("[x]: 1", 1)]
    public void An_error_of_syntax_has_its_line(string text, int line)
    {
        var error = YamlDocuments.Read(text, "f.yaml").Errors.ShouldHaveSingleItem();

        (error.Code, error.Line).ShouldBe(("syntax", line));
        error.ToString().ShouldStartWith($"f.yaml:{line}:");
    }

    [Fact]
    public void Written_as_YAML_and_read_again_it_is_the_same()
    {
        const string Json = """{"a":"012345678901","b":"true","c":"null","d":"1e3","e":10,"f":false,"g":null,"h":["- x","# no","10%"],"i":"","j":"two\nlines","k":{"x.y/z":": odd"},"l":"~","m":"0x1f","n":"yes"}""";

        DocumentJson.Write(Read(YamlText.FromJson(Json))[0]).ShouldBe(Json);
    }

    private static ImmutableArray<DocumentNode> Read(string text)
    {
        var read = YamlDocuments.Read(text, "f.yaml");
        read.Errors.ShouldBeEmpty();
        return read.Documents;
    }
}
