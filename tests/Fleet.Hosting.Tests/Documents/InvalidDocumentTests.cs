namespace Fleet.Hosting.Tests.Documents;

public sealed class InvalidDocumentTests
{
    [Fact]
    public void All_errors_come_at_once_in_the_order_of_the_text_with_line_and_column() =>
        Reading.Errors("""
            apiVersion: fleet/v2
            kind: NodePool
            metadata: {name: Workers_1}
            spec:
              groups: []
              imag: {}
              rotation:
                maxSurge: 120%
                drainTimeout: 15
                onDrainTimeout: force
            """).ShouldBe([
            "f.yaml:1:13: apiVersion is 'fleet/v2'; allowed: fleet/v1",
            "f.yaml:3:18: metadata.name is 'Workers_1'; allowed: 1 to 63 lower-case letters, digits and '-', first and last a letter or digit (DNS-1123)",
            "f.yaml:5:3: spec.cluster is missing: 1 to 63 lower-case letters, digits and '-', first and last a letter or digit (DNS-1123)",
            "f.yaml:5:11: spec.groups is empty; a pool has at least one Auto Scaling group",
            "f.yaml:6:3: spec.imag is no field; did you mean image?",
            "f.yaml:8:15: spec.rotation.maxSurge is '120%'; allowed: a count like 3, or a percentage from 0% to 100%",
            "f.yaml:9:19: spec.rotation.drainTimeout is '15'; allowed: a duration like 90s, 15m or 1h30m, at least 1s",
            "f.yaml:10:21: spec.rotation.onDrainTimeout is 'force', which is given to one run with an expiry and never declared; allowed: stop or quarantine",
        ]);

    [Theory]
    [InlineData("account: \"1234\"", "spec.account is '1234'; allowed: twelve digits")]
    [InlineData("region: europe", "spec.region is 'europe'; allowed: an AWS region like eu-west-1")]
    [InlineData("account: [1]", "spec.account is a list; allowed: twelve digits")]
    [InlineData("account: \"123456789012\"\n  account: \"123456789012\"", "spec.account is given twice")]
    [InlineData("context: \"two\\nlines\"", "spec.context is 'two\nlines'; allowed: text on one line, not empty")]
    public void A_clusters_fields_are_checked(string line, string expected)
    {
        var fields = new[] { "account: \"123456789012\"", "region: eu-west-1" }.Where(field => !line.StartsWith(field.Split(':')[0], StringComparison.Ordinal)).Append(line);
        var text = $"apiVersion: fleet/v1\nkind: Cluster\nmetadata: {{name: prod}}\nspec:\n  {string.Join("\n  ", fields)}\n";

        Reading.Yaml(text, []).Errors.Select(error => error.Message).ShouldBe([expected]);
    }

    [Theory]
    [InlineData("maxSurge: -1", "spec.rotation.maxSurge is '-1'; allowed: a count like 3, or a percentage from 0% to 100%")]
    [InlineData("maxSurge: 101%", "spec.rotation.maxSurge is '101%'; allowed: a count like 3, or a percentage from 0% to 100%")]
    [InlineData("maxSurge: 0", "spec.rotation.maxSurge and maxUnavailable are both 0: no node could ever be exchanged; set one above 0")]
    [InlineData("maxSurge: 0%", "spec.rotation.maxSurge and maxUnavailable are both 0: no node could ever be exchanged; set one above 0")]
    [InlineData("minReadySeconds: 1.5", "spec.rotation.minReadySeconds is '1.5'; allowed: a whole number from 0 to 3600")]
    [InlineData("minReadySeconds: \"30\"", "spec.rotation.minReadySeconds is '30'; allowed: a whole number from 0 to 3600")]
    [InlineData("joinTimeout: 0", "spec.rotation.joinTimeout is '0'; allowed: a duration like 90s, 15m or 1h30m, at least 1s")]
    [InlineData("joinTimeout: 30m1h", "spec.rotation.joinTimeout is '30m1h'; allowed: a duration like 90s, 15m or 1h30m, at least 1s")]
    [InlineData("onDrainTimeout: delete", "spec.rotation.onDrainTimeout is 'delete'; allowed: stop or quarantine")]
    [InlineData("deleteEmptyDirData: \"true\"", "spec.rotation.deleteEmptyDirData is 'true'; allowed: true or false")]
    [InlineData("checkpoints: [{atPercent: 50, soak: 1m}, {atPercent: 50, soak: 1m}]", "spec.rotation.checkpoints[1].atPercent is 50, not above the checkpoint before it at 50")]
    [InlineData("checkpoints: [{atPercent: 100, soak: 1m}]", "spec.rotation.checkpoints[0].atPercent is '100'; allowed: a whole number from 1 to 99")]
    [InlineData("checkpoints: [{atPercent: 5}]", "spec.rotation.checkpoints[0].soak is missing: a duration like 90s, 15m or 1h30m")]
    [InlineData("checkpoints: [50]", "spec.rotation.checkpoints[0] is '50'; allowed: a map")]
    [InlineData("drainRules: [{class: first, matchLabels: {a: b}}]", "spec.rotation.drainRules[0].class is 'first'; allowed: normal or last or waitForCompletion")]
    [InlineData("drainRules: [{class: last, matchLabels: {}}]", "spec.rotation.drainRules[0].matchLabels is empty and the rule has no namespace: it would take every pod")]
    [InlineData("drainRules: [{class: last, matchLabels: {a: true}}]", "spec.rotation.drainRules[0].matchLabels.a is 'true'; allowed: text (put it in quotes)")]
    [InlineData("startupTaints: [\"a b\"]", "spec.rotation.startupTaints[0] is 'a b'; allowed: an optional DNS prefix and '/', then 1 to 63 letters, digits, '-', '_' or '.', first and last a letter or digit")]
    [InlineData("maxSurges: 3", "spec.rotation.maxSurges is no field; did you mean maxSurge?")]
    public void A_rotations_fields_are_checked(string line, string expected)
    {
        var text = line.StartsWith("maxSurge:", StringComparison.Ordinal) ? Reading.Pool.Replace("maxSurge: 2", line) : $"{Reading.Pool}    {line}\n";

        Reading.Yaml(text).Errors.Select(error => error.Message).ShouldBe([expected]);
    }

    [Theory]
    [InlineData("{id: ami-1}", "spec.image.id is 'ami-1'; allowed: ami- and 8 to 17 hexadecimal digits")]
    [InlineData("{}", "spec.image names no image; allowed: exactly one of id; owner and name; parameter; recipe")]
    [InlineData("{id: ami-12345678, parameter: /a}", "spec.image names several sources; allowed: exactly one of id; owner and name; parameter; recipe")]
    [InlineData("{id: ami-12345678, channel: stable}", "spec.image has channel without recipe; a channel is a recipe's")]
    [InlineData("{recipe: worker}", "spec.image.recipe: there is no recipe 'worker'")]
    [InlineData("{recipe: worker, channel: newest}", "spec.image.recipe: there is no recipe 'worker'", "spec.image.channel is 'newest'; allowed: stable or candidate")]
    [InlineData("{owner: self}", "spec.image has owner without name; they go together")]
    [InlineData("{name: x}", "spec.image has name without owner; they go together")]
    [InlineData("{owner: me, name: x}", "spec.image.owner is 'me'; allowed: an account id, self, amazon or aws-marketplace")]
    public void An_image_has_exactly_one_source(string image, params string[] expected) =>
        Reading.Yaml(Reading.Pool.Replace("  rotation:", $"  image: {image}\n  rotation:")).Errors.Select(error => error.Message).ShouldBe(expected);

    [Fact]
    public void Labels_are_checked_as_Kubernetes_checks_them()
    {
        var errors = Reading.Yaml(Reading.Pool.Replace("{name: workers}", "{name: workers, labels: {-a: x, ok: \"no spaces\"}}")).Errors;

        errors.Select(error => (error.Line, error.Value)).ShouldBe([(3, "-a"), (3, "no spaces")]);
    }

    [Theory]
    [InlineData("just text")]
    [InlineData("[a]")]
    public void A_document_that_is_no_map_is_refused(string text) =>
        Reading.Yaml(text).Errors.ShouldHaveSingleItem().Message.ShouldContain("a map with apiVersion, kind, metadata and spec");

    [Fact]
    public void An_unknown_kind_names_those_there_are() =>
        Reading.Yaml(Reading.Pool.Replace("NodePool", "Pool")).Errors.ShouldHaveSingleItem().Message.ShouldBe("kind is 'Pool'; allowed: Cluster or NodePool or Schedule or Recipe");
}
