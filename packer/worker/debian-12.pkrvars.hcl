distribution     = "debian-12"
source_owners    = ["136693071363"] # Debian
source_name      = "debian-12-ARCH-*"
ssh_username     = "admin"
root_device_name = "/dev/xvda"
