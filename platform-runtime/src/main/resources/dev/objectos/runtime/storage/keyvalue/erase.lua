-- Removes some of what one part holds, and the part once it holds nothing.
-- KEYS: 1 usage, 2 revision, 3 expiry, 4 namespaces, 5 parts, 6 due
-- ARGV: 1 how many at most, 2 part, 3 prefix of entries, 4 prefix of indexes
local left = tonumber(ARGV[1])
for _, namespace in ipairs(redis.call('SMEMBERS', KEYS[4])) do
  local index = ARGV[4] .. namespace
  local keys = redis.call('ZRANGE', index, 0, left - 1)
  for _, key in ipairs(keys) do
    redis.call('DEL', ARGV[3] .. namespace .. ':' .. key)
    redis.call('ZREM', index, key)
  end
  left = left - #keys
  if left == 0 then
    return 1
  end
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
redis.call('SREM', KEYS[5], ARGV[2])
redis.call('ZREM', KEYS[6], ARGV[2])
return 0
