package today.p2p.conformance;

import java.util.Arrays;

/** Order of suite versions such as {@code 1.2} and {@code 1.2.0}, which are equal. */
final class Versions {
    private Versions() {}

    static boolean isVersion(String text) {
        return text.matches("\\d{1,6}(\\.\\d{1,6}){0,2}");
    }

    static boolean isAfter(String version, String other) {
        return Arrays.compare(numbers(version), numbers(other)) > 0;
    }

    private static int[] numbers(String version) {
        int[] numbers =
                Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        return Arrays.copyOf(numbers, 3);
    }
}
