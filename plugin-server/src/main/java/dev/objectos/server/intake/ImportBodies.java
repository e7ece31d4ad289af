package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.ImportOrder.Source;
import dev.objectos.server.problem.ServerError;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.record.ApiObjects;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a request and how they are to be imported: in a JSON body; in a body that is the file itself, with
 * parameters in the address; or in a multipart body, whose part {@code file} is the file and whose other parts are parameters.
 */
public final class ImportBodies {

    private static final String FILE = "file";
    private static final int LARGEST_PARAMETER = 1 << 20;
    private static final List<String> CONTENTS = List.of("csv", "rows", "xlsxBase64");

    private final JsonBodies json;
    private final long largest;

    /**
     * @param json reads bodies of JSON
     * @param largest bytes of a file that is sent as it is
     */
    public ImportBodies(JsonBodies json, long largest) {
        this.json = json;
        this.largest = largest;
    }

    /** What a request brings; the rows are to be closed. */
    record Given(OrderParser order, Source source, RowFile rows) {

        /** @param path the object that the path names; null: none, so that the body must */
        ObjectDefinition object(Catalog catalog, @Nullable String path) {
            String said = order.text("object");
            if (path == null && said == null) {
                throw OrderParser.refuse("Name the \"object\" whose records the rows become");
            }
            ObjectDefinition object = ApiObjects.require(catalog, path == null ? String.valueOf(said) : path);
            if (said != null && !ApiObjects.require(catalog, said).name().equals(object.name())) {
                throw OrderParser.refuse("The path and \"object\" name different objects");
            }
            return object;
        }
    }

    Given read(HttpServletRequest request) {
        try {
            return open(request);
        } catch (IOException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body could not be read to its end", e);
        }
    }

    private Given open(HttpServletRequest request) throws IOException {
        String type = type(request.getContentType());
        if (type.startsWith("multipart/")) {
            return multipart(request);
        }
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>(UrlParameters.parse(request.getQueryString()));
        if (type.equals("application/json") || type.endsWith("+json")) {
            return json(json.read(request), parameters);
        }
        Kind kind = Kind.of(type);
        if (kind == null) {
            throw new PlatformException(ServerError.UNSUPPORTED_MEDIA_TYPE,
                    "Rows are sent as application/json, text/csv, application/x-ndjson, XLSX or multipart/form-data");
        }
        return file(kind, new LimitedStream(request.getInputStream(), largest), new OrderParser(parameters));
    }

    /** The kinds of files. */
    private enum Kind {

        CSV, JSON, XLSX;

        static @Nullable Kind of(String type) {
            return switch (type) {
                case "text/csv", "application/csv", "text/tab-separated-values", "csv" -> CSV;
                case "application/x-ndjson", "application/jsonl", "application/json", "json", "ndjson", "jsonl" -> JSON;
                case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" -> XLSX;
                default -> null;
            };
        }
    }

    private static Given json(@Nullable Object body, Map<String, @Nullable Object> parameters) throws IOException {
        if (body instanceof List<?>) {
            return new Given(new OrderParser(parameters), Source.JSON, JsonRows.of(body));
        }
        if (!(body instanceof Map<?, ?>)) {
            throw OrderParser.refuse("The body is a JSON object, or a list of rows");
        }
        if (!parameters.isEmpty()) {
            throw OrderParser.refuse("What is asked for stands in the body, not in the address");
        }
        @SuppressWarnings("unchecked") // the JSON reader makes no other map
        var given = (Map<String, @Nullable Object>) body;
        var order = new OrderParser(given);
        List<String> contents = CONTENTS.stream().filter(name -> given.get(name) != null).toList();
        if (contents.size() != 1) {
            throw OrderParser.refuse("Give the rows as one of \"csv\", \"rows\" and \"xlsxBase64\"");
        }
        String format = order.format();
        String fitting = switch (contents.getFirst()) {
            case "csv" -> "csv";
            case "rows" -> "json";
            default -> "xlsx";
        };
        if (format != null && !format.equals(fitting)) {
            throw OrderParser.refuse("The format \"" + format + "\" does not go with \"" + contents.getFirst() + "\"");
        }
        return switch (fitting) {
            case "csv" -> new Given(order, Source.CSV, CsvRows.of(String.valueOf(order.text("csv"))));
            case "json" -> new Given(order, Source.JSON, JsonRows.of(given.get("rows")));
            default -> file(Kind.XLSX, new ByteArrayInputStream(decoded(String.valueOf(order.text("xlsxBase64")))),
                    order);
        };
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"xlsxBase64\" is not Base64", e);
        }
    }

    private Given multipart(HttpServletRequest request) throws IOException {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>(UrlParameters.parse(request.getQueryString()));
        Part file = null;
        try {
            for (Part part : request.getParts()) {
                if (part.getName().equals(FILE)) {
                    file = part;
                } else if (parameters.put(part.getName(), text(part)) != null) {
                    throw OrderParser.refuse("\"" + part.getName() + "\" is given twice");
                }
            }
        } catch (IllegalStateException e) {
            // What the servlet API says of a body or a part above its limits.
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "The file is larger than is accepted", e);
        } catch (ServletException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The multipart body cannot be read", e);
        }
        if (file == null) {
            throw OrderParser.refuse("The request has no part \"" + FILE + "\"");
        }
        var order = new OrderParser(parameters);
        return file(kind(order, file), new LimitedStream(file.getInputStream(), largest), order);
    }

    private static String text(Part part) throws IOException {
        if (part.getSize() > LARGEST_PARAMETER) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "\"" + part.getName() + "\" is too large");
        }
        try (InputStream content = part.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As it is called, as its name ends, or as its type says. */
    private static Kind kind(OrderParser order, Part file) {
        String name = file.getSubmittedFileName();
        String ending = name == null ? "" : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String format = order.format();
        for (String said : format == null ? List.of(ending, type(file.getContentType())) : List.of(format)) {
            Kind kind = Kind.of(said);
            if (kind != null) {
                return kind;
            }
        }
        throw OrderParser.refuse("Name the \"format\" of the file: csv, json or xlsx");
    }

    private static Given file(Kind kind, InputStream content, OrderParser order) throws IOException {
        return switch (kind) {
            case CSV -> new Given(order, Source.CSV, CsvRows.of(content));
            case JSON -> new Given(order, Source.JSON, JsonRows.of(content.readAllBytes()));
            case XLSX -> new Given(order, Source.SPREADSHEET, spreadsheet(content, order.text("sheet")));
        };
    }

    private static RowFile spreadsheet(InputStream content, @Nullable String sheet) throws IOException {
        Path file = Files.createTempFile("objectos-import", ".xlsx");
        try {
            try (var out = Files.newOutputStream(file)) {
                content.transferTo(out);
            }
            return XlsxRows.of(file, sheet);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static String type(@Nullable String header) {
        String type = header == null ? "" : header;
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
