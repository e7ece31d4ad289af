-- Takes back a shared value, or a generation with all values of it, and their rights; and tells every node.
-- KEYS: 1 value, or generation of the cache or of the tenant
-- ARGV: 1 channel, 2 message
redis.call('DEL', KEYS[1])
return redis.call('PUBLISH', ARGV[1], ARGV[2])
