namespace Fleet.Service.Tests.Databases;

/// <summary>What keeps a service's state.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}
