package today.p2p.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import today.p2p.kernel.Address;

/** The connections of a run, who can be dialled where, and which parts do not reach each other. */
final class Network {
    private static final int FIRST_OWN_PORT = 49_152;

    private final Schedule schedule;
    private final RandomGenerator random;
    private final Trace trace;
    private final Map<String, Resident> residents = new TreeMap<>();
    private final Map<Long, Connection> connections = new TreeMap<>();
    private final Map<String, Integer> parts = new TreeMap<>();
    private Conditions conditions;
    private long dialled;

    Network(Schedule schedule, RandomGenerator random, Trace trace, Conditions conditions) {
        this.schedule = schedule;
        this.random = random;
        this.trace = trace;
        this.conditions = conditions;
    }

    /** Whoever has an address. */
    interface Resident {
        String name();

        Address address();

        /** Whether it takes connections. */
        boolean isUp();

        /** Whether nothing there answers, not even with a refusal. */
        boolean isSilent();

        /** A connection has come; what is to sit at side 1 of it. */
        void accept(Connection connection, Address remote);
    }

    /** Who asked for a connection, and hears of it once. */
    interface Dialler {
        void connected(Connection connection, Address remote);

        void failed(String why);
    }

    Schedule schedule() {
        return schedule;
    }

    RandomGenerator random() {
        return random;
    }

    Trace trace() {
        return trace;
    }

    Conditions conditions() {
        return conditions;
    }

    /** What holds for connections from now on. */
    void set(Conditions newConditions) {
        conditions = newConditions;
    }

    /** One draw of how long something takes. */
    long delay() {
        return conditions.delay() + (conditions.jitter() == 0 ? 0 : random.nextLong(conditions.jitter() + 1));
    }

    void add(Resident resident) {
        residents.put(resident.address().toString(), resident);
    }

    /** Opens a connection: one round trip, or a refusal after one, or nothing until the timeout. */
    void dial(Resident from, Address to, Dialler dialler) {
        Resident other = residents.get(to.toString());
        long number = dialled++;
        schedule.in(delay(), () -> {
            boolean silent = other != null && (isCut(from, other) || other.isSilent());
            if (other == null || !other.isUp() || silent) {
                long wait = silent ? conditions.connectTimeout() : delay();
                schedule.in(wait, () -> dialler.failed(silent ? "no answer" : "refused"));
                return;
            }
            long back = delay();
            Connection connection = new Connection(this, number, from, other, schedule.now() + back);
            connections.put(number, connection);
            Address seen = new Address(from.address().host(), FIRST_OWN_PORT + (int) (number % 10_000));
            other.accept(connection, seen);
            schedule.in(back, () -> dialler.connected(connection, other.address()));
        });
    }

    /** Forgets a connection of which both ends are gone. */
    void forget(Connection connection) {
        if (connection.isOver()) {
            connections.remove(connection.number());
        }
    }

    /** The connections for which a condition holds, in the order in which they were dialled. */
    List<Connection> connections(Predicate<Connection> wanted) {
        return connections.values().stream().filter(wanted).toList();
    }

    /** The connections between two residents. */
    List<Connection> between(Resident one, Resident other) {
        return connections(connection -> connection.joins(one, other));
    }

    /** Splits the network: those of different parts do not reach each other; whoever is in none reaches all. */
    void partition(List<? extends List<? extends Resident>> groups) {
        parts.clear();
        for (int part = 0; part < groups.size(); part++) {
            for (Resident resident : groups.get(part)) {
                parts.put(resident.name(), part);
            }
        }
    }

    /** All reach each other again; what was under way arrives. */
    void heal() {
        parts.clear();
        new ArrayList<>(connections.values()).forEach(Connection::wake);
    }

    boolean isCut(Resident one, Resident other) {
        Integer part = parts.get(one.name());
        Integer otherPart = parts.get(other.name());
        return part != null && otherPart != null && !part.equals(otherPart);
    }
}
