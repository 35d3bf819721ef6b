package today.p2p.network;

import java.util.concurrent.TimeUnit;

/**
 * What one process of a trial has to do.
 *
 * @param port where the server listens; 0 for the server
 */
record Task(Trial trial, int port, long warmupMillis, long measuredMillis) {
    static Task of(String[] arguments) {
        Trial trial = new Trial(
                Workload.valueOf(arguments[0]), Subject.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
        return new Task(
                trial, Integer.parseInt(arguments[3]), Long.parseLong(arguments[4]), Long.parseLong(arguments[5]));
    }

    Subject subject() {
        return trial.subject();
    }

    int bytes() {
        return trial.bytes();
    }

    void warmUp() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(warmupMillis);
    }

    void measure() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(measuredMillis);
    }

    static void tellPort(int port) {
        System.out.println("port " + port);
    }

    static void tell(String figure, double value) {
        System.out.println(figure + " " + value);
    }
}
