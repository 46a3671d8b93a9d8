namespace Fleet.Hosting.Tests.Documents;

public sealed class InvalidMachineTests
{
    [Theory]
    [InlineData("{userData: control-plane}", "spec.template.userData is 'control-plane'; allowed: worker")]
    [InlineData("{metadata: {httpTokens: optional}}", "spec.template.metadata.httpTokens is 'optional'; allowed: required, since without a token whatever runs on the machine could fetch its role's credentials")]
    [InlineData("{metadata: {httpTokens: [required]}}", "spec.template.metadata.httpTokens is a list; allowed: required, since without a token whatever runs on the machine could fetch its role's credentials")]
    [InlineData("{metadata: {hopLimit: 65}}", "spec.template.metadata.hopLimit is '65'; allowed: a whole number from 1 to 64")]
    [InlineData("{metadata: {hopLimit: 0}}", "spec.template.metadata.hopLimit is '0'; allowed: a whole number from 1 to 64")]
    [InlineData("{rootVolume: {type: io2}}", "spec.template.rootVolume.type is 'io2'; allowed: gp3 or gp2")]
    [InlineData("{rootVolume: {sizeGiB: 0}}", "spec.template.rootVolume.sizeGiB is '0'; allowed: a whole number from 1 to 65536")]
    [InlineData("{rootVolume: {encrypted: no}}", "spec.template.rootVolume.encrypted is 'no'; allowed: true or false")]
    [InlineData("{rootVolume: {kmsKey: mine}}", "spec.template.rootVolume.kmsKey is 'mine'; allowed: a key's id, alias/NAME, or the ARN of either")]
    [InlineData("{rootVolume: {encrypted: false, kmsKey: alias/a}}", "spec.template.rootVolume.kmsKey is 'alias/a', but spec.template.rootVolume.encrypted is false: a key encrypts")]
    [InlineData("{instanceProfile: \"arn:aws:iam::123456789012:role/workers\"}", "spec.template.instanceProfile is 'arn:aws:iam::123456789012:role/workers'; allowed: a profile's name, or its ARN like arn:aws:iam::123456789012:instance-profile/workers")]
    [InlineData("{tags: {\"aws:x\": y}}", "spec.template.tags: 'aws:x' is no name here; allowed: 1 to 128 letters, digits, spaces and + - = . _ : / @, not beginning with aws: or fleet:")]
    [InlineData("{tags: {\"fleet:run\": y}}", "spec.template.tags: 'fleet:run' is no name here; allowed: 1 to 128 letters, digits, spaces and + - = . _ : / @, not beginning with aws: or fleet:")]
    [InlineData("{tags: {a: \"$x\"}}", "spec.template.tags.a is '$x'; allowed: at most 256 letters, digits, spaces and + - = . _ : / @")]
    [InlineData("{instanceprofile: a}", "spec.template.instanceprofile is no field; did you mean instanceProfile?")]
    public void A_templates_fields_are_checked(string template, string expected) =>
        Reading.Yaml($"{Reading.Pool}  template: {template}\n").Errors.Select(error => error.Message).ShouldBe([expected]);

    [Fact]
    public void More_tags_than_a_resource_has_room_for_are_refused() =>
        Reading.Yaml($"{Reading.Pool}  template: {{tags: {{{string.Join(", ", Enumerable.Range(1, 41).Select(number => $"t{number}: x"))}}}}}\n").Errors.ShouldHaveSingleItem()
            .Message.ShouldBe("spec.template.tags has 41 tags; allowed: at most 40, since a resource has fifty with those of its group and its cluster");

    [Theory]
    [InlineData("labels: {node-role.kubernetes.io/worker: \"\"}", "spec.node.labels.node-role.kubernetes.io/worker is refused by NodeRestriction, which lets a kubelet set no label in node-role.kubernetes.io; take a domain of your own, or set it on the nodes by another hand")]
    [InlineData("labels: {k8s.io/a: x}", "spec.node.labels.k8s.io/a is refused by NodeRestriction, which lets a kubelet set no label in k8s.io; take a domain of your own, or set it on the nodes by another hand")]
    [InlineData("labels: {a.node-restriction.kubernetes.io/b: x}", "spec.node.labels.a.node-restriction.kubernetes.io/b is kept from kubelets by NodeRestriction; set it on the nodes by another hand")]
    [InlineData("labels: {fleet/outdated: x}", "spec.node.labels.fleet/outdated is one of Fleet's own; leave it out")]
    [InlineData("labels: {a: \"b c\"}", "spec.node.labels.a is 'b c'; allowed: at most 63 letters, digits, '-', '_' or '.', first and last a letter or digit; or empty")]
    [InlineData("taints: [{key: a}]", "spec.node.taints[0].effect is missing: NoSchedule or PreferNoSchedule or NoExecute")]
    [InlineData("taints: [{key: a, effect: noSchedule}]", "spec.node.taints[0].effect is 'noSchedule'; allowed: NoSchedule or PreferNoSchedule or NoExecute")]
    [InlineData("taints: [{key: fleet/outdated, effect: NoSchedule}]", "spec.node.taints[0].key is 'fleet/outdated', which is one of Fleet's own; leave it out")]
    [InlineData("taints: [{key: a, effect: NoSchedule}, {key: a, value: b, effect: NoSchedule}]", "spec.node.taints[1].key: a with effect NoSchedule is given twice")]
    [InlineData("kubelet: {maxPods: 0}", "spec.node.kubelet.maxPods is '0'; allowed: a whole number from 1 to 1024")]
    [InlineData("kubelet: {systemReserved: {gpu: 1}}", "spec.node.kubelet.systemReserved: 'gpu' is no name here; allowed: cpu, memory, ephemeral-storage or pid")]
    [InlineData("kubelet: {kubeReserved: {cpu: -1}}", "spec.node.kubelet.kubeReserved.cpu is '-1'; allowed: a quantity like 500m, 2 or 1Gi")]
    [InlineData("kubelet: {evictionHard: {memory.available: 100%}}", "spec.node.kubelet.evictionHard.memory.available is '100%'; allowed: a quantity like 500Mi, or a percentage above 0% and below 100%")]
    [InlineData("kubelet: {evictionHard: {memory.available: 0%}}", "spec.node.kubelet.evictionHard.memory.available is '0%'; allowed: a quantity like 500Mi, or a percentage above 0% and below 100%")]
    [InlineData("kubelet: {shutdownGracePeriodCriticalPods: 30s}", "spec.node.kubelet.shutdownGracePeriodCriticalPods is 30s, above shutdownGracePeriod, which is 0s")]
    [InlineData("kubelet: {imageGCHighThresholdPercent: 80}", "spec.node.kubelet.imageGCLowThresholdPercent is 80, not below imageGCHighThresholdPercent, which is 80")]
    [InlineData("kubelet: {featureGates: {}}", "spec.node.kubelet.featureGates is no field; allowed: containerLogMaxFiles, containerLogMaxSize, evictionHard, imageGCHighThresholdPercent, imageGCLowThresholdPercent, kubeReserved, maxPods, podPidsLimit, shutdownGracePeriod, shutdownGracePeriodCriticalPods, systemReserved")]
    public void A_nodes_fields_are_checked(string line, string expected) =>
        Reading.Yaml($"{Reading.Pool}  template: {{userData: worker}}\n  node:\n    {line}\n").Errors.Select(error => error.Message).ShouldBe([expected]);

    [Theory]
    [InlineData("")]
    [InlineData("  template: {tags: {a: b}}\n")]
    public void What_no_user_data_would_take_to_the_machines_is_refused(string template) =>
        Reading.Yaml($"{Reading.Pool}{template}  node: {{labels: {{a: b}}}}\n").Errors.ShouldHaveSingleItem()
            .Message.ShouldBe("spec.node is declared without spec.template.userData, which alone would take it to the machines");

    [Fact]
    public void A_cluster_that_does_not_say_how_nodes_join_it_is_named() =>
        Reading.Yaml($"{Reading.Pool}  template: {{userData: worker}}\n", [Reading.StoredProd with { Join = null }]).Errors.ShouldHaveSingleItem()
            .Message.ShouldBe("spec.template.userData is worker, but cluster prod does not say how nodes join it; declare its spec.join");

    [Fact]
    public void A_profile_of_another_account_is_refused() =>
        Reading.Yaml($"{Reading.Pool}  template: {{instanceProfile: \"arn:aws:iam::210987654321:instance-profile/workers\"}}\n").Errors.ShouldHaveSingleItem()
            .Message.ShouldBe("spec.template.instanceProfile is a profile of account 210987654321; allowed: one of the cluster's account 123456789012");

    [Fact]
    public void All_errors_come_at_once() =>
        Reading.Yaml($"{Reading.Pool}  template: {{metadata: {{hopLimit: 0, httpTokens: optional}}, rootVolume: {{type: x}}}}\n  node: {{taints: [{{}}], kubelet: {{maxPods: x}}}}\n")
            .Errors.Select(error => error.Field).ShouldBe(
            ["spec.template.metadata.hopLimit", "spec.template.metadata.httpTokens", "spec.template.rootVolume.type", "spec.node", "spec.node.taints[0].key", "spec.node.taints[0].effect", "spec.node.kubelet.maxPods"],
            ignoreOrder: true);
}
