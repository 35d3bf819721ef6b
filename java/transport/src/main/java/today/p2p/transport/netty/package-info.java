/**
 * {@link today.p2p.transport.Transport} on Netty: {@link today.p2p.transport.netty.NettyTransport} opens one, and
 * is all that is public here. One file for each concern: who may come in ({@code Admission}), what waits to be
 * written ({@code Outbound}, {@code QueueBudget}), what happens to a connection ({@code Lifecycle}, {@code
 * Ending}), how one comes about ({@code Dial}, {@code NettyListener}, {@code Pipe}, {@code Tls}).
 */
@NullMarked
package today.p2p.transport.netty;

import org.jspecify.annotations.NullMarked;
