package today.p2p.clusters;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

/** Members of Hazelcast that meet on the loopback address alone. */
final class Hazelcasts {
    static final String MAP = "table";
    private static final int BACKUPS = 4;

    private Hazelcasts() {}

    static HazelcastInstance start(String cluster) {
        Config config = new Config();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.socket.bind.any", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
        config.getReplicatedMapConfig(MAP).setInMemoryFormat(InMemoryFormat.OBJECT);
        config.getMapConfig(MAP).setBackupCount(BACKUPS);
        return Hazelcast.newHazelcastInstance(config);
    }
}
