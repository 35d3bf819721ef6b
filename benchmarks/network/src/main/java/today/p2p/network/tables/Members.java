package today.p2p.network.tables;

import java.util.ArrayList;
import java.util.List;
import today.p2p.clusters.Cluster;
import today.p2p.clusters.Member;

/** Starts the nodes of a trial. */
final class Members {
    private static final int COPIES = 5;
    private static final int SHARES = 8;
    /** What a node remembers of broadcasts when entries are weighed: two minutes of them are no part of an entry. */
    private static final long FEW_SEEN = 25_000;

    private static final long AS_MANY_AS_EVER = 262_144;

    private Members() {}

    /** Each knows all others. */
    static List<Member> start(TableWork work, TableSubject subject) throws InterruptedException {
        boolean isShared = work == TableWork.SHARES;
        return switch (subject) {
            case JGROUPS -> isShared ? Cluster.JGROUPS_SHARES.start(SHARES) : Cluster.JGROUPS_COPIES.start(COPIES);
            case HAZELCAST ->
                isShared ? Cluster.HAZELCAST_SHARES.start(SHARES) : Cluster.HAZELCAST_COPIES.start(COPIES);
            case PEKKO -> Cluster.PEKKO_COPIES.start(COPIES);
            case PY2P, JS2P ->
                LivingMember.start(subject.living().orElseThrow(), !isShared, isShared ? SHARES : COPIES);
            case OURS -> isShared ? shares() : copies(work);
        };
    }

    private static List<Member> copies(TableWork work) throws InterruptedException {
        List<Member> members = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int index = 0; index < COPIES; index++) {
            SyncMember member = new SyncMember(work == TableWork.COPIES_HEAP ? FEW_SEEN : AS_MANY_AS_EVER);
            ports.forEach(member::connect);
            ports.add(member.port());
            members.add(member);
        }
        awaitAll(members, COPIES);
        return members;
    }

    private static List<Member> shares() throws InterruptedException {
        List<Member> members = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int index = 0; index < SHARES; index++) {
            ChordMember member = new ChordMember();
            ports.forEach(member::connect);
            ports.add(member.port());
            member.join();
            members.add(member);
        }
        awaitAll(members, SHARES);
        return members;
    }

    private static void awaitAll(List<Member> members, int count) throws InterruptedException {
        for (Member member : members) {
            while (member.members() < count) {
                Thread.sleep(10);
            }
        }
    }
}
