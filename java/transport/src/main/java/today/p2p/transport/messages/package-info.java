/**
 * The low-level node: messages of any codec over the connections of {@code today.p2p.transport}, with hooks for
 * the handshake, for reading and writing (the codec), and for the coming and going of peers. A chat of lines,
 * whole:
 *
 * <pre>{@code
 * public static void main(String[] args) throws Exception {
 *     PeerHandler<String> chat = new PeerHandler<>() {
 *         @Override
 *         public void connected(Peer<String> peer) {
 *             peer.send("welcome, " + peer.remoteAddress());
 *         }
 *
 *         @Override
 *         public void message(Peer<String> peer, String line) {
 *             System.out.println(peer.remoteAddress() + ": " + line);
 *             peer.node().broadcast(line);
 *         }
 *     };
 *     Transport transport = NettyTransport.open(TransportConfig.DEFAULT);
 *     try (MessageNode<String> node = MessageNode.builder(Lines.upTo(1024), chat).open(transport)) {
 *         node.listen(new InetSocketAddress("127.0.0.1", args.length > 0 ? Integer.parseInt(args[0]) : 0));
 *         System.in.read();
 *     }
 * }
 * }</pre>
 *
 * <p>{@link today.p2p.transport.messages.MessageNode} is the door. Nothing here knows Netty or the protocol.
 */
@NullMarked
package today.p2p.transport.messages;

import org.jspecify.annotations.NullMarked;
