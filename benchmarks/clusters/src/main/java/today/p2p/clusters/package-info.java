/**
 * JGroups, Hazelcast and Pekko holding a table together or speaking to each other: what the networks and tables of
 * the network benchmark are compared with.
 *
 * <p>The ways in are {@link today.p2p.clusters.Cluster} and {@link today.p2p.clusters.Crowd}. Nothing here knows of this project's own tables, which
 * implement {@link today.p2p.clusters.Member} elsewhere.
 */
@NullMarked
package today.p2p.clusters;

import org.jspecify.annotations.NullMarked;
