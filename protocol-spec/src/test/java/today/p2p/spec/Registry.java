package today.p2p.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One CSV file of the registry: the strict form that registry/README.md describes. */
record Registry(Path file, List<String> columns, List<Row> rows) {
    /** One row: its line in the file and its cells by column. */
    record Row(Path file, int line, Map<String, String> cells) {
        String get(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw new IllegalArgumentException(Repository.at(file, line) + " has no column " + column);
            }
            return cell;
        }

        /** The value of the first column. */
        String key() {
            return cells.values().iterator().next();
        }

        String at() {
            return Repository.at(file, line);
        }
    }

    static Registry of(String name) {
        return read(Repository.SPEC.resolve("registry").resolve(name + ".csv"), new ArrayList<>());
    }

    static List<Path> files() {
        return Repository.below(
                Repository.SPEC.resolve("registry"), file -> file.toString().endsWith(".csv"));
    }

    /** Reads a file; whatever is not of the strict form goes to the problems. */
    static Registry read(Path file, List<String> problems) {
        String text = Repository.text(file);
        if (text.indexOf('"') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\t') >= 0) {
            problems.add(Repository.at(file, 1) + " holds a quote, a carriage return or a tab");
        }
        if (!text.endsWith("\n") || text.endsWith("\n\n")) {
            problems.add(Repository.at(file, 1) + " does not end with exactly one line feed");
        }
        List<String> lines = text.lines().toList();
        List<String> columns = List.of(lines.get(0).split(",", -1));
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != columns.size()) {
                problems.add(Repository.at(file, i + 1) + " has " + cells.length + " fields; the header has "
                        + columns.size());
                continue;
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < cells.length; c++) {
                if (!cells[c].equals(cells[c].strip())) {
                    problems.add(Repository.at(file, i + 1) + " has spaces around the field " + columns.get(c));
                }
                row.put(columns.get(c), cells[c]);
            }
            rows.add(new Row(file, i + 1, row));
        }
        return new Registry(file, columns, rows);
    }

    String name() {
        return file.getFileName().toString().replace(".csv", "");
    }

    List<String> column(String column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }
}
