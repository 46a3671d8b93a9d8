namespace Fleet.Core.Inventory.Pools;

/// <summary>User data that Fleet renders, each by the folder of its name under <c>templates/</c>.</summary>
public enum UserDataTemplate
{
    /// <summary>A worker that joins by kubeadm.</summary>
    Worker,
}
