package today.p2p.clusters;

import java.util.ArrayList;
import java.util.List;

/** The kinds of clusters, each in a setting that is fast for it. */
public enum Cluster {
    /** JGroups over TCP without delay: every member holds all, writes are not waited for. */
    JGROUPS_COPIES,
    /** Pekko, Distributed Data: every member holds all, a write is done when all have it. */
    PEKKO_COPIES,
    /** Hazelcast, a replicated map: every member holds all. */
    HAZELCAST_COPIES,
    /** JGroups over TCP without delay: one member holds each key, writes are not waited for. */
    JGROUPS_SHARES,
    /** Hazelcast, a map with four backups: five members hold each key. */
    HAZELCAST_SHARES;

    /** Starts so many members in this process and waits until each knows all. */
    public List<Member> start(int count) throws InterruptedException {
        List<Member> members = new ArrayList<>();
        // No other run meets this one.
        String name = "bench-" + ProcessHandle.current().pid();
        for (int index = 0; index < count; index++) {
            members.add(
                    switch (this) {
                        case JGROUPS_COPIES -> new JGroupsCopy(name);
                        case PEKKO_COPIES -> new PekkoCopy(name);
                        case HAZELCAST_COPIES -> new HazelcastCopy(name);
                        case JGROUPS_SHARES -> new JGroupsShare(name);
                        case HAZELCAST_SHARES -> new HazelcastShare(name);
                    });
        }
        for (Member member : members) {
            while (member.members() < count) {
                Thread.sleep(10);
            }
        }
        return members;
    }
}
