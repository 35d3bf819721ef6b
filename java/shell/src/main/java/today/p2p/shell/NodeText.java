package today.p2p.shell;

import java.util.List;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.Peer;
import today.p2p.kernel.CloseReason;
import today.p2p.runtime.NodeStatus;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;

/** Events as lines for a person: a strange text stays on its line, and cannot steer the terminal. */
final class NodeText implements NodeEvents {
    private final Terminal terminal;
    private final Readable readable = new Readable(2000);

    NodeText(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void listening(MeshNetwork network, String subnet) {
        say("listening on " + HostPort.text(network.address()) + ", network \"" + Readable.line(subnet) + "\"");
        say("this node is " + network.id());
    }

    @Override
    public void connected(Peer peer) {
        say(terminal.paint(Style.GOOD, "+ ") + shown(peer) + " at " + Readable.line(HostPort.text(peer.address())));
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
        say(terminal.paint(Style.BAD, "- ") + shown(peer) + ": " + Readable.line(reason.toString()));
    }

    @Override
    public void message(long number, Message message) {
        String kind = message.isBroadcast() ? "broadcast" : "whisper";
        String values =
                String.join(" ", message.values().stream().map(readable::value).toList());
        say("[" + number + "] " + kind + " from " + Readable.line(message.sender()) + ": " + values);
    }

    @Override
    public void done(String command, String detail) {
        say(terminal.paint(Style.FAINT, command + ": " + Readable.line(detail)));
    }

    @Override
    public void failed(String command, String why) {
        say(terminal.paint(Style.BAD, command + ": " + Readable.line(why)));
    }

    @Override
    public void peers(List<Peer> peers) {
        say(peers.isEmpty() ? "no peers" : peers.size() + (peers.size() == 1 ? " peer:" : " peers:"));
        peers.forEach(peer -> say("  " + shown(peer) + " at " + Readable.line(HostPort.text(peer.address()))));
    }

    @Override
    public void status(NodeStatus status) {
        NodeStatus.Totals totals = status.totals();
        say("links " + status.links() + ", peers " + status.peers() + ", open calls " + status.openCalls());
        say("waiting to be written " + status.queuedBytes() + " bytes, to be handled " + status.unhandledBytes());
        say("broadcasts remembered " + status.seenBroadcasts());
        say("since the start: received " + totals.received() + " messages (" + totals.bytesIn() + " bytes), sent "
                + totals.sent() + " (" + totals.bytesOut() + " bytes), delivered " + totals.delivered());
        say("                 links opened " + totals.linksOpened() + ", closed " + totals.linksClosed()
                + ", dials failed " + totals.dialsFailed() + ", faults " + totals.faults());
    }

    @Override
    public void closed() {
        say("closed");
    }

    private static String shown(Peer peer) {
        return Readable.line(peer.id().text());
    }

    private synchronized void say(String line) {
        terminal.say(line);
        terminal.out().flush();
    }
}
