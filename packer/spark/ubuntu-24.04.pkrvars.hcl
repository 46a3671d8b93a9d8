ssh_username     = "ubuntu"
root_device_name = "/dev/sda1"
