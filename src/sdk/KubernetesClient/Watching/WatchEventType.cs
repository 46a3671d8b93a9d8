namespace k8s;

public enum WatchEventType
{
    Added = 0,
    Modified = 1,
    Deleted = 2,
    Error = 3,
    Bookmark = 4,
}
