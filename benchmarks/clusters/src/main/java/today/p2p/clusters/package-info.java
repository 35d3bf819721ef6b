/**
 * JGroups and Hazelcast holding a table together: what the tables of the network benchmark are compared with.
 *
 * <p>The way in is {@link today.p2p.clusters.Cluster}. Nothing here knows of this project's own tables, which
 * implement {@link today.p2p.clusters.Member} elsewhere.
 */
@NullMarked
package today.p2p.clusters;

import org.jspecify.annotations.NullMarked;
