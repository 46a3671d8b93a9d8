ssh_username     = "admin"
root_device_name = "/dev/xvda"
