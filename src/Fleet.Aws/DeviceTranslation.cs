using Amazon.EC2.Model;

namespace Fleet.Aws;

/// <summary>A block device as a template shows it, in the shape in which it is written.</summary>
internal static class DeviceTranslation
{
    public static LaunchTemplateBlockDeviceMappingRequest Of(LaunchTemplateBlockDeviceMapping device, string? snapshot) => new()
    {
        DeviceName = device.DeviceName,
        VirtualName = device.VirtualName,
        NoDevice = device.NoDevice,
        Ebs = device.Ebs is not { } ebs ? null : new LaunchTemplateEbsBlockDeviceRequest
        {
            Encrypted = ebs.Encrypted,
            DeleteOnTermination = ebs.DeleteOnTermination,
            Iops = ebs.Iops,
            KmsKeyId = ebs.KmsKeyId,
            SnapshotId = snapshot,
            VolumeSize = ebs.VolumeSize,
            VolumeType = ebs.VolumeType,
            Throughput = ebs.Throughput,
            VolumeInitializationRate = ebs.VolumeInitializationRate,
            EbsCardIndex = ebs.EbsCardIndex,
        },
    };
}
