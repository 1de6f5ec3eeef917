"""What stands on this service's letters; the paper itself is templates/surat/."""
