package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IpAddressTest {
    // MSH-22: four numbers without leading zeros, and nothing else.
    @Test
    void readsOfDottedTextWhatTheOneFormOfEverySystemIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String part = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
        String form = part + "\\." + part + "\\." + part + "\\." + part;
        int sound = 0;
        for (int round = 0; round < 50_000; round++) {
            String text = text(random);
            boolean isAddress = text.matches(form);
            sound += isAddress ? 1 : 0;
            assertThat(IpAddress.parse(text).isPresent())
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(isAddress);
        }
        assertThat(sound).isBetween(1000, 49_000);
    }

    @Test
    void theBytesAreTheNumbers() {
        assertThat(IpAddress.parse("1.20.255.0").orElseThrow().bytes().toArray())
                .containsExactly(1, 20, (byte) 255, 0);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(20) == 0 ? random.nextInt(7) : 4;
        for (int part = 0; part < parts; part++) {
            text.append(part == 0 ? "" : ".");
            switch (random.nextInt(20)) {
                case 0 -> text.append('0').append(random.nextInt(30));
                case 1 -> text.append(random.nextInt(3000));
                case 2 -> text.append("+-x \u0661./".charAt(random.nextInt(7)));
                case 3 -> text.append("");
                default -> text.append(random.nextInt(260));
            }
        }
        return text.toString();
    }
}
