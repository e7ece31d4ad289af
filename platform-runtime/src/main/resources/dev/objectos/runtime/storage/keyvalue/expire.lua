-- Removes what has expired of one part, and says when more will.
-- KEYS: 1 usage, 2 expiry, 3 due
-- ARGV: 1 now, 2 how many at most, 3 part, 4 prefix of entries, 5 prefix of indexes
local members = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
local bytes = 0
for _, member in ipairs(members) do
  local middle = string.find(member, '\n', 1, true)
  local namespace, key = string.sub(member, 1, middle - 1), string.sub(member, middle + 1)
  local entry = ARGV[4] .. namespace .. ':' .. key
  bytes = bytes + tonumber(redis.call('HGET', entry, 's') or 0)
  redis.call('DEL', entry)
  redis.call('ZREM', ARGV[5] .. namespace, key)
  redis.call('ZREM', KEYS[2], member)
end
if #members > 0 then
  redis.call('HINCRBY', KEYS[1], 'b', 0 - bytes)
  redis.call('HINCRBY', KEYS[1], 'e', -#members)
end
local next = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
if next[2] then
  redis.call('ZADD', KEYS[3], next[2], ARGV[3])
else
  redis.call('ZREM', KEYS[3], ARGV[3])
end
return #members
