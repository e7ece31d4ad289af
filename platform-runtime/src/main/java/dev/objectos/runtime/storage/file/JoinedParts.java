package dev.objectos.runtime.storage.file;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The parts of a file one after the other, each opened when its turn comes. */
final class JoinedParts extends InputStream {

    private final FileStores stores;
    private final FileRow file;
    private @Nullable InputStream current;
    private int next;

    JoinedParts(FileStores stores, FileRow file) {
        this.stores = stores;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (true) {
            InputStream part = current;
            if (part == null) {
                if (next == file.parts()) {
                    return -1;
                }
                part = stores.open(file.store(), file.partKey(next), 0, file.partSize(next));
                next++;
                current = part;
            }
            int got = part.read(into, from, length);
            if (got >= 0) {
                return got;
            }
            close();
        }
    }

    @Override
    public void close() throws IOException {
        InputStream part = current;
        current = null;
        if (part != null) {
            part.close();
        }
    }
}
