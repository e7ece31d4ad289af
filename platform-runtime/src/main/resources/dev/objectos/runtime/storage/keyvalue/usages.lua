-- What is kept in each part: part, bytes, entries.
-- KEYS: 1 parts
-- ARGV: 1 prefix of usages
local usages = {}
for _, part in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local usage = redis.call('HMGET', ARGV[1] .. '{' .. part .. '}', 'b', 'e')
  usages[#usages + 1] = {part, usage[1] or '0', usage[2] or '0'}
end
return usages
