package p101.app;

import java.nio.file.Path;
import p101.index.IndexConfig;
import p101.loop.EventLoop;
import p101.registry.Registry;
import p101.room.Room;

/**
 * What the doors of an index share.
 *
 * @param loop runs all of them, on one thread
 * @param room the one conversation; loop thread
 * @param arguments the command line of the index
 * @param stateFolder where a door may keep files, which it makes when it needs it
 */
record DoorSetting(
        EventLoop loop,
        IndexConfig config,
        Registry registry,
        Room room,
        Arguments arguments,
        Path stateFolder,
        EventLog log) {}
