package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.plan.RecordIds;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.storage.FileUsage;
import dev.objectos.runtime.storage.Files;
import dev.objectos.runtime.storage.NewFile;
import dev.objectos.runtime.storage.StoredFile;
import dev.objectos.runtime.storage.file.FileTokens.Purpose;
import dev.objectos.runtime.storage.file.FileTokens.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Files whose bytes are in a store, and of which the database knows. The row comes first, the bytes next, and then both count. */
public final class StoredFiles implements Files {

    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final int LONGEST_NAME = 255;
    private static final long SMALLEST_PART = 64 << 10;
    private static final int MOST_PARTS = 10_000;

    private final FileTable table;
    private final FileStores stores;
    private final FileReaders readers;
    private final FileProperties settings;
    private final FileTokens tokens;
    private final RecordIds ids;
    private final Clock clock;

    /**
     * @param app connections of the role that requests use
     * @param key with which links are signed, the same on all nodes
     */
    public StoredFiles(DataSource app, FileStores stores, FileReaders readers, FileProperties settings, SecretKey key,
            Clock clock) {
        this.table = new FileTable(app);
        this.stores = stores;
        this.readers = readers;
        this.settings = settings;
        this.tokens = new FileTokens(key, clock);
        this.ids = new RecordIds(clock);
        this.clock = clock;
    }

    @Override
    public StoredFile store(NewFile file, InputStream content, Session session) throws IOException {
        UUID id = ids.next();
        long used = add(id, checked(file, 0), 0, null, session);
        FileQuota quota = settings.quota(session.tenant());
        long most = settings.maximumSize().toBytes();
        long room = quota.room(used);
        take(required(session.tenant(), id), room < most
                ? new MeasuredStream(content, room, () -> quota.exceeded(used))
                : new MeasuredStream(content, most));
        return required(session.tenant(), id).file();
    }

    @Override
    public Announced announce(NewFile file, long size, Session session) {
        UUID id = ids.next();
        add(id, checked(file, size), size, null, session);
        Instant expires = clock.instant().plus(settings.linkLifetime());
        return new Announced(id, tokens.token(Purpose.UPLOAD, session.tenant(), id, expires), expires);
    }

    @Override
    public void receive(String uploadToken, InputStream content) throws IOException {
        Subject subject = tokens.subject(Purpose.UPLOAD, uploadToken);
        FileRow file = required(subject.tenant(), subject.file());
        if (file.stored()) {
            throw twice();
        }
        take(file, new MeasuredStream(content, file.size()));
    }

    @Override
    public StoredFile complete(UUID id, Session session) {
        FileRow file = own(id, session);
        if (!file.stored()) {
            throw new PlatformException(RuntimeError.VALIDATION_FAILED, "The bytes of the file have not come yet");
        }
        return file.file();
    }

    @Override
    public Parts announceParts(NewFile file, long size, long partSize, Session session) {
        if (partSize < SMALLEST_PART || (size + partSize - 1) / partSize > MOST_PARTS) {
            throw refused("chunkSize", "A part has at least " + SMALLEST_PART + " bytes, and a file at most "
                    + MOST_PARTS + " parts");
        }
        UUID id = ids.next();
        add(id, checked(file, size), size, partSize, session);
        FileRow row = required(session.tenant(), id);
        Instant expires = ends(row);
        return new Parts(id, tokens.token(Purpose.PART, session.tenant(), id, expires), row.parts(), partSize, expires);
    }

    @Override
    public String receivePart(UUID id, int part, String token, InputStream content, Session session)
            throws IOException {
        FileRow file = coming(id, session);
        if (!tokens.subject(Purpose.PART, token).equals(new Subject(session.tenant(), id))) {
            throw unknown();
        }
        if (part < 0 || part >= file.parts()) {
            throw refused("chunkIndex", "The file has the parts 0 to " + (file.parts() - 1));
        }
        long expected = file.partSize(part);
        var measured = new MeasuredStream(content, expected);
        stores.put(file.store(), file.partKey(part), measured);
        if (measured.count() != expected) {
            stores.remove(file.store(), file.partKey(part));
            throw refused("chunkIndex",
                    "Part " + part + " has " + expected + " bytes, and " + measured.count() + " have come");
        }
        String etag = HexFormat.of().formatHex(measured.sha256());
        table.part(file, part, expected, etag);
        return etag;
    }

    @Override
    public Progress progress(UUID id, Session session) {
        FileRow file = own(id, session);
        if (file.chunkSize() == null) {
            throw unknown();
        }
        Map<Integer, Long> parts = table.parts(file);
        long bytes = parts.values().stream().mapToLong(Long::longValue).sum();
        return new Progress(id, file.name(), file.size(), file.stored() ? file.parts() : contiguous(parts),
                file.stored() ? file.size() : bytes, file.parts(), file.stored(), file.createdAt(), ends(file));
    }

    @Override
    public StoredFile completeParts(UUID id, Session session) throws IOException {
        FileRow file = own(id, session);
        if (file.stored()) {
            return file.file();
        }
        coming(id, session);
        Map<Integer, Long> parts = table.parts(file);
        List<Integer> missing = IntStream.range(0, file.parts()).filter(part -> !parts.containsKey(part)).boxed()
                .toList();
        if (!missing.isEmpty()) {
            throw refused("parts", "Parts are missing: " + missing.stream().limit(10).toList());
        }
        try (InputStream whole = new JoinedParts(stores, file)) {
            take(file, new MeasuredStream(whole, file.size()));
        }
        for (int part = 0; part < file.parts(); part++) {
            stores.remove(file.store(), file.partKey(part));
        }
        table.forgetParts(file);
        return required(session.tenant(), id).file();
    }

    @Override
    public StoredFile find(UUID id, Session session) {
        FileRow file = table.find(session.tenant(), id).filter(FileRow::stored).orElseThrow(StoredFiles::unknown);
        List<FileTable.Use> uses = table.uses(session.tenant(), id);
        boolean readable = session.isSystem() || (uses.isEmpty()
                ? Objects.equals(file.uploadedBy(), session.userId())
                : readers.mayRead(id, uses, session));
        if (!readable) {
            throw unknown();
        }
        return file.file();
    }

    @Override
    public InputStream open(StoredFile file, long from, long length) {
        FileRow row = table.find(file.tenant(), file.id()).filter(FileRow::stored)
                .orElseThrow(StoredFiles::unknown);
        return stores.open(row.store(), Objects.requireNonNull(row.blob()), from,
                Math.min(length, row.size() - from));
    }

    @Override
    public String downloadToken(StoredFile file) {
        return tokens.token(Purpose.DOWNLOAD, file.tenant(), file.id(),
                clock.instant().plus(settings.linkLifetime()));
    }

    @Override
    public StoredFile byDownloadToken(String token) {
        Subject subject = tokens.subject(Purpose.DOWNLOAD, token);
        return table.find(subject.tenant(), subject.file()).filter(FileRow::stored)
                .orElseThrow(StoredFiles::unknown).file();
    }

    @Override
    public void remove(UUID id, Session session) {
        FileRow file = table.find(session.tenant(), id).orElseThrow(StoredFiles::unknown);
        if (!session.may(SystemPermission.MANAGE_DATA) && !Objects.equals(file.uploadedBy(), session.userId())) {
            throw unknown();
        }
        if (!table.remove(session.tenant(), id)) {
            throw new PlatformException(RuntimeError.DELETE_RESTRICTED,
                    "A record has been given the file; take it out of the record, and it goes by itself");
        }
    }

    @Override
    public FileUsage usage(Session session) {
        session.require(SystemPermission.MANAGE_DATA, "What files take up is for administrators of the organization");
        return table.usage(session.tenant(), settings.quota(session.tenant()));
    }

    private long add(UUID id, NewFile file, long size, @Nullable Long partSize, Session session) {
        return table.add(id, file, size, partSize, stores.forNew(), settings.quota(session.tenant()), session);
    }

    /** Puts the bytes into the store; they count once the row says so, and only those of who says it first. */
    private void take(FileRow file, MeasuredStream measured) throws IOException {
        String blob = file.newBlob();
        stores.put(file.store(), blob, measured);
        boolean counts = false;
        try {
            Optional<String> sniffed = ContentSniffer.sniff(measured.head());
            String type = type(file.contentType(), sniffed);
            boolean announced = file.size() > 0 || file.chunkSize() != null;
            if (announced && measured.count() != file.size()) {
                throw refused("file",
                        "The file was announced with " + file.size() + " bytes, and has " + measured.count());
            }
            counts = table.stored(file.tenant(), file.id(), type, measured.count(), measured.sha256(), blob,
                    settings.quota(file.tenant()));
            if (!counts) {
                throw twice();
            }
        } finally {
            if (!counts) {
                stores.remove(file.store(), blob);
            }
        }
    }

    private String type(String declared, Optional<String> sniffed) {
        if (sniffed.filter(ContentSniffer.PROGRAM::equals).isPresent()) {
            throw refused("file", "Programs are not taken");
        }
        if (!ContentSniffer.agree(declared, sniffed)) {
            throw refused("file", "The file is said to be " + declared + ", and its bytes say "
                    + sniffed.orElse("something else"));
        }
        String type = declared.equals(UNKNOWN_TYPE) ? sniffed.orElse(declared) : declared;
        if (!settings.takes(type)) {
            throw refused("file", "Files of the type " + type + " are not taken");
        }
        return type;
    }

    private NewFile checked(NewFile file, long size) {
        if (size < 0) {
            throw refused("size", "A size is not negative");
        }
        if (size > settings.maximumSize().toBytes()) {
            throw MeasuredStream.tooLarge(settings.maximumSize().toBytes());
        }
        String name = name(file.name());
        String type = file.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.matches("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")) {
            type = UNKNOWN_TYPE;
        }
        return new NewFile(name, type);
    }

    /** The last part of a path, without what no name has on any system. */
    private static String name(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\"<>|:*?]", "_").strip();
        if (last.isEmpty() || last.chars().allMatch(c -> c == '.')) {
            return "file";
        }
        return last.length() > LONGEST_NAME ? last.substring(last.length() - LONGEST_NAME) : last;
    }

    private FileRow own(UUID id, Session session) {
        return table.find(session.tenant(), id)
                .filter(file -> Objects.equals(file.uploadedBy(), session.userId()))
                .orElseThrow(StoredFiles::unknown);
    }

    /** One's own file that waits for parts. */
    private FileRow coming(UUID id, Session session) {
        FileRow file = own(id, session);
        if (file.chunkSize() == null || file.stored() || clock.instant().isAfter(ends(file))) {
            throw unknown();
        }
        return file;
    }

    private Instant ends(FileRow file) {
        return file.createdAt().plus(settings.orphanAge());
    }

    private FileRow required(UUID tenant, UUID id) {
        return table.find(tenant, id).orElseThrow(StoredFiles::unknown);
    }

    /** Whoever goes on after a break begins where the first part is missing. */
    private static int contiguous(Map<Integer, Long> parts) {
        int next = 0;
        while (parts.containsKey(next)) {
            next++;
        }
        return next;
    }

    private static PlatformException refused(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }

    private static PlatformException twice() {
        return new PlatformException(RuntimeError.CONCURRENT_UPDATE, "The bytes of the file are there already");
    }

    private static PlatformException unknown() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such file");
    }
}
