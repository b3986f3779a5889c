-- One row: how long the association itself has chosen to keep a kind of data.
SELECT setting.key, setting.value
FROM setting
WHERE setting.key LIKE 'retention_%'
