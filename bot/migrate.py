"""``drumbeat migrate``: brings a database's schema to this version, or to another one."""

