package today.p2p.clusters;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Actor systems of Pekko that speak over TCP on the loopback address alone. */
final class Pekkos {
    private static final String SETTINGS = """
            pekko {
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              jvm-shutdown-hooks = off
              daemonic = on
              actor.provider = %s
              remote.artery {
                transport = tcp
                canonical { hostname = "127.0.0.1", port = 0 }
                advanced { maximum-frame-size = 256 KiB, outbound-message-queue-size = 65536 }
              }
              coordinated-shutdown { run-by-jvm-shutdown-hook = off, exit-jvm = off }
              cluster { jmx.enabled = off, downing-provider-class = "" }
            }
            """;

    private Pekkos() {}

    /** @param provider {@code remote} or {@code cluster} */
    static ActorSystem start(String name, String provider) {
        return ActorSystem.create(
                name, ConfigFactory.parseString(SETTINGS.formatted(provider)).withFallback(ConfigFactory.load()));
    }

    static Address address(ActorSystem system) {
        return ((ExtendedActorSystem) system).provider().getDefaultAddress();
    }
}
