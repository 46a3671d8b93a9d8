namespace Fleet.Cli.Tests;

internal static class Documents
{
    public const string Prod = """
        apiVersion: fleet/v1
        kind: Cluster
        metadata:
          name: prod
        spec:
          account: "012345678901"
          region: eu-west-1
        ---
        apiVersion: fleet/v1
        kind: NodePool
        metadata:
          name: workers
          labels:
            team: core
        spec:
          cluster: prod
          groups:
            - workers-a
            - workers-b
          rotation:
            maxSurge: 10%
        ---
        apiVersion: fleet/v1
        kind: NodePool
        metadata:
          name: batch
        spec:
          cluster: prod
          groups:
            - batch-a

        """;

    /// <summary>A schedule of one of its pools.</summary>
    public const string Monthly = """
        apiVersion: fleet/v1
        kind: Schedule
        metadata: {name: monthly}
        spec:
          cluster: prod
          pools: [workers]
          cron: 0 2 * * TUE#2
          timeZone: Europe/Berlin
          olderThan: 14d
        """;

    /// <summary>A recipe; more fields of its spec may follow.</summary>
    public const string Worker = """
        apiVersion: fleet/v1
        kind: Recipe
        metadata: {name: worker}
        spec:
          account: "123456789012"
          template: {folder: worker}
          kubernetesVersion: 1.33.2
          base: {owners: ["136693071363"], name: debian-12-amd64-*}
          regions: [eu-central-1]

        """;

    /// <summary>The recipe, a pool that takes its candidates, and a schedule that builds it.</summary>
    public const string Weekly = Worker + """
        ---
        apiVersion: fleet/v1
        kind: NodePool
        metadata: {name: canary}
        spec:
          cluster: prod
          groups: [canary]
          image: {recipe: worker, channel: candidate}
        ---
        apiVersion: fleet/v1
        kind: Schedule
        metadata: {name: weekly}
        spec:
          cluster: prod
          recipe: worker
          cron: 0 2 * * MON
          timeZone: Europe/Berlin
        """;
}
